"""The demo gemeente Voorbeeldstad: invented persons, two or three nights of deliveries, and the answer key.

From the ground up: ``numbers`` and ``names``; ``dwellings``; ``households`` and ``housemates`` (who lives
together); ``members``, ``families``, ``population`` and ``quirks`` (who they are); ``benefits`` and
``administration`` (what the dienst knows); ``town`` (all of it on one day, and the verbs that change it);
``candidates`` and ``planting`` with the plants of ``plants_*`` and ``traps_*`` (what Tijdig must find and
what it must leave alone); ``life`` (what happens to everybody else); ``dirt`` (bad rows); ``tables_*`` (the
town as the tables of the contract); ``write`` and ``generate``.

Each month the Inlichtingenbureau and DUO deliver too (``rhythm``). ``studie`` is the one place that knows who studies
(with ``opleidingen`` and ``study_paths``), ``werk`` who works, ``elders`` what else others know of a belanghebbende;
``opgaven``, ``kostendelers``, ``samenloop`` and ``signals`` tell what of that is known when; ``dirt_monthly`` is their
bad rows. A plant that makes somebody study or work changes ``town.studie`` or ``town.werk``.
"""
