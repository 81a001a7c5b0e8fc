"""What is measured: standards, scales, interview guides, audit tools, rules; read, checked, imported, exported."""
