"""The Qt thread pool that works the queue, and the ways a finished task reaches the author."""
