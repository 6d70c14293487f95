"""The object name of each field's widget. They never change: others drive the program by them."""

from collections.abc import Mapping

from wizard.core.problems import Field

OBJECT_NAMES: Mapping[Field, str] = {
    Field.CUSTOMER: "customerName",
    Field.ADDRESS: "platformAddress",
    Field.CLIENT_ID: "clientId",
    Field.CLIENT_SECRET: "clientSecret",
    Field.GROUP: "groupTree",
    Field.AUTHOR: "authorList",
    Field.NAME: "platformName",
    Field.SUBGROUPS: "subgroupsYes",
    Field.PROGRESS: "progressOften",
    Field.START_PROGRESS: "startProgress",
    Field.LOGO: "logoUrl",
    Field.UNICOLOR_LOGO: "unicolorLogoUrl",
    Field.PROXY_HOST: "proxyHost",
    Field.PROXY_USER: "proxyUser",
    Field.PROXY_PASSWORD: "proxyPassword",
}

FIELDS: Mapping[str, Field] = {name: field for field, name in OBJECT_NAMES.items()}
