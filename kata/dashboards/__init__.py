"""What is due for whom: pages that read across rooms and write nothing."""
