"""The world's formats in and out: case files and FHIR R4 now. One module per format."""
