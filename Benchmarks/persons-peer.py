# SPDX-License-Identifier: Apache-2.0
"""The person table of persons.yaml by other programs: persons-peer.py mimesis|faker ROWS FILE."""

import csv
import random
import sys
import uuid
from datetime import date, timedelta

kind, count, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
first = date(2015, 1, 1)
days = (date(2026, 6, 30) - first).days
regions = ["north", "south", "east", "west"]

if kind == "mimesis":
    from mimesis import Address, Person, Text
    from mimesis.locales import Locale

    person, address, text = Person(Locale.EN_GB), Address(Locale.EN_GB), Text(Locale.EN_GB)

    def row():
        return (
            person.full_name(), f"{address.address()}, {address.city()}, {address.postal_code()}",
            person.email(), person.phone_number(),
            first + timedelta(days=random.randint(0, days)), random.randint(18, 90),
            round(random.lognormvariate(10.24, 0.6), 2),
            random.choices(regions, [0.3, 0.4, 0.2, 0.1])[0], uuid.uuid4(), text.sentence(),
        )
else:
    from faker import Faker

    fake = Faker("en_GB")

    def row():
        return (
            fake.name(), fake.address().replace("\n", ", "), fake.email(), fake.phone_number(),
            first + timedelta(days=random.randint(0, days)), random.randint(18, 90),
            round(random.lognormvariate(10.24, 0.6), 2),
            random.choices(regions, [0.3, 0.4, 0.2, 0.1])[0], uuid.uuid4(), fake.sentence(),
        )

with open(path, "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow("name address email phone joined age income region id remark".split())
    writer.writerows(row() for _ in range(count))
