import pickle
from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings, SettingsError, load_settings, settings_table


def test_nothing_needs_to_be_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    assert settings.data == tmp_path / "var"
    assert (settings.corpus / "parcours-cmc").is_dir()
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/var/assistant.sqlite3"
    assert settings.encoder == "embedded"
    assert settings.port == 8000


def test_the_database_lies_in_the_data_folder(tmp_path):
    settings = load_settings({"ASSISTANT_DATA": str(tmp_path)})
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/assistant.sqlite3"


def test_variables_of_other_programmes_are_left_alone():
    environ = {"PATH": "/bin", "ASSISTANTS": "3", "ASSISTANT_REQUIRE_BROWSER": "1"}
    assert load_settings(environ) == load_settings({})


def test_an_empty_variable_counts_as_absent():
    assert load_settings({"ASSISTANT_PORT": "", "ASSISTANT_DATABASE_URL": " "}) == load_settings({})


def test_a_made_settings_object_never_reads_the_environment(monkeypatch):
    monkeypatch.setenv("ASSISTANT_PORT", "9")
    assert Settings().port == 8000
    assert load_settings().port == 9


def test_settings_do_not_change_once_read():
    with pytest.raises(ValidationError):
        load_settings({}).port = 9


def test_lists_are_separated_by_commas():
    settings = load_settings(
        {
            "ASSISTANT_ORIGINS": "https://www.univ.example, http://localhost:3000,",
            "ASSISTANT_PROXIES": "10.0.0.5, 10.1.0.0/16,::1",
        }
    )
    assert settings.origins == ("https://www.univ.example", "http://localhost:3000")
    assert settings.proxies == tuple(map(ip_network, ("10.0.0.5", "10.1.0.0/16", "::1")))


def test_an_origin_is_kept_as_a_browser_sends_it():
    environ = {
        "ASSISTANT_ORIGINS": "https://Univ.Example:443,http://univ.example:80,http://[::1]:81"
    }
    assert load_settings(environ).origins == (
        "https://univ.example",
        "http://univ.example",
        "http://[::1]:81",
    )


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "univ.example",
        "https://",
        "https://*.univ.example",
        "https://univ.example/",
        "https://univ.example/formation",
        "https://univ.example?x",
        "https://user@univ.example",
        "https://univ.example:port",
        "https://univ.example:99999",
        "ftp://univ.example",
        "https://a.example https://b.example",
    ],
)
def test_only_an_exact_origin_may_embed_the_widget(origin):
    with pytest.raises(SettingsError, match=r"ASSISTANT_ORIGINS=.*https://www\.univ\.example"):
        load_settings({"ASSISTANT_ORIGINS": origin})


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("ASSISTANT_PORT", "80000", "from 0 to 65535"),
        ("ASSISTANT_PORT", "eight", "from 0 to 65535"),
        ("ASSISTANT_PROXIES", "10.0.0.1/8", "such as 10.0.0.5"),
        ("ASSISTANT_PROXIES", "proxy.example", "such as 10.0.0.5"),
        ("ASSISTANT_CORPUS", "/nowhere", "a folder that exists"),
        ("ASSISTANT_DATA", __file__, "give a folder"),
        ("ASSISTANT_WITHOUT_ENCODER", "panic", "lexical or refuse"),
        ("ASSISTANT_LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("ASSISTANT_CONTACT_EMAIL", "scolarite", "an e-mail address"),
        ("ASSISTANT_CONTACT_URL", "javascript:alert(1)", "https://"),
        ("ASSISTANT_PRIVACY_URL", "/confidentialite", "https://"),
        ("ASSISTANT_QUESTIONS_PER_MINUTE", "0", "from 1"),
        ("ASSISTANT_RETENTION_DAYS", "-1", "from 1 to 3650"),
    ],
)
def test_a_malformed_value_is_named_with_its_remedy_on_one_line(name, value, remedy):
    with pytest.raises(SettingsError) as caught:
        load_settings({name: value})
    line = str(caught.value)
    assert line.startswith(f"{name}={value!r}")
    assert remedy in line
    assert "\n" not in line


def test_a_value_of_several_lines_is_reported_on_one():
    with pytest.raises(SettingsError) as caught:
        load_settings({"ASSISTANT_PORT": "80\n" * 200})
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ASSISTANT_ORIGIN", "ASSISTANT_ORIGINS"),
        ("ASSISTANT_DATABSE_URL", "ASSISTANT_DATABASE_URL"),
        ("ASSISTANT_DATABASE_FILE", "ASSISTANT_DATABASE_URL_FILE"),
        ("ASSISTANT_CONTACT_MAIL", "ASSISTANT_CONTACT_EMAIL"),
    ],
)
def test_an_unknown_name_is_met_with_the_one_that_was_meant(name, meant):
    with pytest.raises(SettingsError, match=rf"{name} is not a setting: did you mean {meant}\?"):
        load_settings({name: "x"})


@pytest.mark.parametrize("name", ["ASSISTANT_COLOUR_SCHEME", "ASSISTANT_PORT_FILE", "ASSISTANT_"])
def test_an_unknown_name_stops_the_start(name):
    with pytest.raises(SettingsError, match=f"{name} is not a setting"):
        load_settings({name: ""})


def test_a_secret_may_come_from_a_file(tmp_path):
    secret = tmp_path / "database-url"
    secret.write_text("postgresql://assistant:hunter2@db/assistant\n", encoding="utf-8")
    settings = load_settings({"ASSISTANT_DATABASE_URL_FILE": str(secret)})
    assert settings.database_url.get_secret_value().endswith("hunter2@db/assistant")


def test_a_secret_set_twice_or_without_its_file_is_refused(tmp_path):
    with pytest.raises(
        SettingsError, match="ASSISTANT_DATABASE_URL_FILE='/nowhere' cannot be read"
    ):
        load_settings({"ASSISTANT_DATABASE_URL_FILE": "/nowhere"})
    with pytest.raises(SettingsError, match="are both set: keep one"):
        load_settings({"ASSISTANT_DATABASE_URL_FILE": "x", "ASSISTANT_DATABASE_URL": "sqlite:///x"})


@pytest.mark.parametrize(
    "url", ["mysql://u:hunter2@h/d", "hunter2", "sqlite://", "postgresql:hunter2"]
)
def test_a_malformed_secret_is_named_and_never_shown(url):
    with pytest.raises(SettingsError, match="ASSISTANT_DATABASE_URL cannot be used") as caught:
        load_settings({"ASSISTANT_DATABASE_URL": url})
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_secret_is_in_no_representation():
    settings = load_settings({"ASSISTANT_DATABASE_URL": "postgresql://a:hunter2@db/a"})
    assert "hunter2" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert "hunter2" not in f"{settings.database_url}"


def test_the_table_names_every_setting_with_its_meaning():
    table = settings_table()
    assert [name for name, _, _ in table] == [
        "ASSISTANT_" + field.upper() for field in Settings.model_fields
    ]
    assert all(meaning.endswith(".") and default for _, default, meaning in table)
    assert ("ASSISTANT_DATA", "var/") in [row[:2] for row in table]
    assert str(Path.cwd()) not in str(table)


def test_settings_survive_the_way_to_a_worker_process():
    assert pickle.loads(pickle.dumps(load_settings({}))) == load_settings({})


@pytest.mark.parametrize("name", ["X Remote", "X_Remote", "é", "X-Forwarded-For", "Cookie", "-"])
def test_a_header_that_names_nobody_is_refused(name):
    with pytest.raises(SettingsError, match=r"ASSISTANT_STAFF_HEADER=.*X-Remote-User"):
        load_settings({"ASSISTANT_STAFF_HEADER": name})
    assert load_settings({"ASSISTANT_STAFF_HEADER": "X-Remote-User"}).staff_header


def test_the_way_out_is_a_proxys_address():
    given = load_settings({"ASSISTANT_PROXY": "http://Proxy.univ.example:3128/"})
    assert given.proxy == "http://proxy.univ.example:3128"
    wrong = ["10.0.0.5", "proxy:3128", "https://proxy:3128", "http://proxy", "socks5://proxy:1080"]
    wrong += ["http://name:word@proxy:3128", "http://proxy:99999", "http://proxy:3128/x"]
    for each in wrong:
        with pytest.raises(SettingsError, match=r"ASSISTANT_PROXY=.* give an address such as"):
            load_settings({"ASSISTANT_PROXY": each})
