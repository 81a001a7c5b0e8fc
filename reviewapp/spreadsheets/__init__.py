"""Reading and writing sheets (XLSX, CSV): cells, tables found in them, marks of exported rows."""
