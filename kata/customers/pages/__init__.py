"""What the pages of this room show, by page, read afresh so that they are right after a commit and after a rollback."""
