"""Reading and writing sheets (XLSX, CSV): cells, tables found in them, layout of sheets, marks of exported rows."""
