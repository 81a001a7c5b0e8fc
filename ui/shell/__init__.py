"""The main window around the pages: header, navigation, menus, status bar, locking, help."""
