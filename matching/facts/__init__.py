"""The columns of each fact view that rules read, one file each: named as its SQL file, found by discovery."""
