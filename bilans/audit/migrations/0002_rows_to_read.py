"""Tell Django what the trail's rows look like; it manages neither table."""

from django.db import migrations, models


class Migration(migrations.Migration):


    dependencies = [
        ('audit', '0001_trail'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('hash', models.BinaryField(primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('scope', models.UUIDField()),
                ('seq', models.BigIntegerField()),
                ('previous', models.BinaryField()),
                ('body', models.TextField()),
                ('payload', models.BinaryField(null=True)),
                ('at', models.DateTimeField()),
                ('actor', models.UUIDField(null=True)),
                ('action', models.TextField()),
            ],
            options={
                'db_table': '"audit"."entry"',
                'ordering': ['kind', 'scope', 'seq'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('scope', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('seq', models.BigIntegerField()),
                ('head', models.BinaryField()),
            ],
            options={
                'db_table': '"audit"."stream"',
                'managed': False,
            },
        ),
    ]
