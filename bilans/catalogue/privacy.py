"""The catalogue holds published law and nothing about anybody; every column stays plain."""

_PUBLIC = "text and structure of a published document; about no person"

PLAIN = {
    "catalogue.Qualification.*": _PUBLIC,
    "catalogue.QualificationAlias.*": _PUBLIC,
    "catalogue.QualificationVersion.*": _PUBLIC,
    "catalogue.OutcomeSet.*": _PUBLIC,
    "catalogue.Outcome.*": _PUBLIC,
    "catalogue.Criterion.*": _PUBLIC,
    "catalogue.ValidationRequirement.*": _PUBLIC,
    "catalogue.ReviewItem.*": "questions about a published document; about no person",
    "catalogue.SourceDocument.*": _PUBLIC,
    "catalogue.SourceLine.*": _PUBLIC,
}
