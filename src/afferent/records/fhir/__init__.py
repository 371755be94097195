"""FHIR R4 (and what older and newer records write in the same places) as statements about one person."""
