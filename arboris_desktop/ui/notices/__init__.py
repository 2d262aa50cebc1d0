"""Notices to the author: tray, toasts, notification centre."""
