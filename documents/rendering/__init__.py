"""From content to files: the official PDF, the editable DOCX, edXML, forms to fill with a pen."""
