"""Every fault that the app must withstand, really done to it: ``bin/torture`` at length, ``bin/test`` in short."""
