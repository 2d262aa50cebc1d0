"""A play in a process of its own, which begins as the program does.

`python -m tests.benchmarks.play PLAY` with the data folder and provider in the environment.
"""

from __future__ import annotations

import sys

from arboris_desktop.background.feature_scan import skip_command_line_of_httpx, skip_feature_scan


def main(play: str) -> None:
    """Performs the play and prints the findings."""
    # Before the window is read: the sources of all its modules would stay in the memory.
    skip_feature_scan()
    skip_command_line_of_httpx()
    from tests.benchmarks.window_play import print_findings

    print_findings(play)


if __name__ == "__main__":
    main(sys.argv[1])
