# SPDX-License-Identifier: Apache-2.0
# Puts every codebook of a release before its format's own validator. Usage: validate.py RELEASE [DDI_XSD]
# Prints a line a codebook; a validator that is not installed is named as skipped.
import glob
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
folder = sys.argv[1]
bad = 0


def check(name, body):
    global bad
    try:
        print(f"{name}: {body()}")
    except ImportError as error:
        print(f"{name}: skipped, {error.name} is not installed")
    except Exception as error:
        bad = 1
        print(f"{name}: REFUSED: {type(error).__name__}: {str(error)[:500]}")


def data_package():
    import frictionless

    package = frictionless.Package(os.path.join(folder, "datapackage.json"))
    # It counts the bytes of text only.
    skipped = [] if package.resources[0].format in ("csv", "tsv") else ["byte-count", "hash-count"]
    report = package.validate(frictionless.Checklist(skip_errors=skipped))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    return f"valid, by frictionless {frictionless.__version__}"


def csvw():
    import csvw as module

    path = os.path.join(folder, "codebook-csvw.json")
    if not os.path.exists(path):
        return "none, the data file is no delimited text"
    document = module.CSVW(path, validate=True)
    assert document.is_valid, document.warnings[:5]
    rows = len(list(document.tables[0].iterdicts(strict=True)))
    return f"valid, {rows} rows read, by csvw {module.__version__}"


def croissant():
    import importlib.metadata

    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=os.path.join(folder, "codebook-croissant.json"))
    assert not dataset.metadata.issues.errors, dataset.metadata.issues.report()
    rows = 0
    for _ in dataset.records("records") if dataset.metadata.record_sets else []:
        rows += 1
    return f"valid, {rows} rows read, by mlcroissant {importlib.metadata.version('mlcroissant')}"


def generative_metadata():
    import importlib.metadata

    import metasyn
    from metasyn.gmf import validate_gmf_dict

    path = os.path.join(folder, "codebook-gmf.json")
    with open(path) as file:
        validate_gmf_dict(json.load(file))
    frame = metasyn.MetaFrame.load_json(path)
    rows = len(frame.synthesize(5))
    return f"valid, {rows} rows made, by metasyn {importlib.metadata.version('metasyn')}"


def sdv():
    import sdv as module
    from sdv.metadata import Metadata

    metadata = Metadata.load_from_json(os.path.join(folder, "codebook-sdv.json"))
    metadata.validate()
    return f"valid, by sdv {module.__version__}"


def ddi():
    if len(sys.argv) < 3:
        return "skipped, no XSD was named"
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(sys.argv[2]))
    schema.assertValid(etree.parse(os.path.join(folder, "ddi.xml")))
    return "valid, by the XSD of DDI-Codebook 2.5"


def ddi_lifecycle():
    import importlib.metadata

    import ddi_l
    from lxml import etree

    xsd = os.path.join(os.path.dirname(ddi_l.__file__), "schemas/ddi/v3_3/instance_3_3.xsd")
    schema = etree.XMLSchema(etree.parse(xsd))
    schema.assertValid(etree.parse(os.path.join(folder, "codebook-ddi-lifecycle.xml")))
    return f"valid, by the XSD of DDI-Lifecycle 3.3 in ddi-l {importlib.metadata.version('ddi-l')}"


def datacite():
    import importlib.metadata

    from datacite import schema45 as schema

    with open(os.path.join(folder, "datacite.json")) as file:
        record = json.load(file)
    # A record cannot be registered before it has a DOI, an address and a year, which are the owner's to
    # say; all else must be as it will be registered.
    record.setdefault("publicationYear", "2026")
    record.setdefault("doi", "10.5072/not-registered")
    record.setdefault("url", "https://example.org/")
    errors = sorted(error.message for error in schema.validator.iter_errors(record))
    assert not errors, errors[:5]
    return f"valid, by the schema 4.5 of datacite {importlib.metadata.version('datacite')}"


def catalogue():
    import rdflib
    from rdflib.namespace import DCAT, DCTERMS, PROV, RDF

    graph = rdflib.Graph().parse(os.path.join(folder, "dcat.ttl"), format="turtle")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.type,
                   DCAT.distribution, PROV.wasGeneratedBy):
        assert (dataset, needed, None) in graph, needed
    (distribution,) = graph.objects(dataset, DCAT.distribution)
    (address,) = graph.objects(distribution, DCAT.downloadURL)
    (size,) = graph.objects(distribution, DCAT.byteSize)
    path = os.path.join(folder, str(address).rsplit("/", 1)[-1])
    assert os.path.getsize(path) == int(size), "the size is another"
    # New in version 3 of the vocabulary; rdflib knows version 2.
    new = {rdflib.URIRef(str(DCAT) + "version")}
    strange = [term for term in set(graph.predicates()) | set(graph.objects(None, RDF.type))
               if str(term).startswith((str(DCAT), str(DCTERMS)))
               and term not in DCAT and term not in DCTERMS and term not in new]
    assert not strange, strange
    return f"well-formed, {len(graph)} triples, by rdflib {rdflib.__version__}"


def provenance():
    import importlib.metadata

    from prov.model import (ProvActivity, ProvAgent, ProvAssociation, ProvDerivation, ProvDocument,
                            ProvEntity, ProvGeneration, ProvUsage)

    with open(os.path.join(folder, "prov.ttl")) as file:
        document = ProvDocument.deserialize(content=file.read(), format="rdf", rdf_format="turtle")
    counts = {kind: len(list(document.get_records(kind))) for kind in (
        ProvEntity, ProvActivity, ProvAgent, ProvDerivation, ProvGeneration, ProvUsage,
        ProvAssociation)}
    assert counts[ProvEntity] >= 3 and counts[ProvActivity] == 2 and counts[ProvAgent] == 1, counts
    assert counts[ProvDerivation] == counts[ProvGeneration] == 2, counts
    assert counts[ProvUsage] == counts[ProvAssociation] == 2, counts
    return f"{sum(counts.values())} records, by prov {importlib.metadata.version('prov')}"


check("datapackage.json", data_package)
check("codebook-csvw.json", csvw)
check("codebook-croissant.json", croissant)
check("codebook-gmf.json", generative_metadata)
check("codebook-sdv.json", sdv)
check("ddi.xml", ddi)
check("codebook-ddi-lifecycle.xml", ddi_lifecycle)
check("datacite.json", datacite)
check("dcat.ttl", catalogue)
check("prov.ttl", provenance)
sys.exit(bad)
