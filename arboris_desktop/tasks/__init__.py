"""The analysis queue: claims, leases, retries, batches, and what the author is told."""
