"""What the author is told: tray, toasts, notification centre."""
