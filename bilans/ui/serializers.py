"""Serializers over sealed records: the attributes in, the body out of sight."""

from typing import Any, ClassVar

from rest_framework import serializers

from bilans.records import SealedDate, SealedDecimal, SealedJSON, SealedText
from bilans.records.fields import SealedBody

MAX_DIGITS, DECIMAL_PLACES = 20, 6


class RecordSerializer(serializers.ModelSerializer):
    """Base of the serializers that show or check a sealed record.

    Sealed attributes become the fields a plain column would; the sealed bytes are never
    among them, not even with ``__all__``. It decides and writes nothing: the view passes
    ``validated_data`` to a service.
    """

    serializer_field_mapping: ClassVar[dict[Any, Any]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        SealedText: serializers.CharField,
        SealedDate: serializers.DateField,
        SealedJSON: serializers.JSONField,
        SealedDecimal: serializers.DecimalField,
    }

    def get_default_field_names(self, declared_fields: Any, model_info: Any) -> list[str]:
        names = super().get_default_field_names(declared_fields, model_info)
        columns: Any = self.Meta.model
        sealed = [each.name for each in columns._meta.private_fields]
        bodies = {each.name for each in columns._meta.fields if isinstance(each, SealedBody)}
        return [name for name in dict.fromkeys([*names, *sealed]) if name not in bodies]

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, dict[str, Any]]:
        field_class, options = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, SealedDecimal):
            options |= {"max_digits": MAX_DIGITS, "decimal_places": DECIMAL_PLACES}
        return field_class, options

    def build_field(
        self, field_name: str, info: Any, model_class: Any, nested_depth: int
    ) -> tuple[Any, dict[str, Any]]:
        for field in model_class._meta.private_fields:
            if field.name == field_name:
                return self.build_standard_field(field_name, field)
        return super().build_field(field_name, info, model_class, nested_depth)

    def create(self, validated_data: Any) -> Any:
        raise TypeError("a serializer writes nothing: pass validated_data to a service")

    def update(self, instance: Any, validated_data: Any) -> Any:
        raise TypeError("a serializer writes nothing: pass validated_data to a service")
