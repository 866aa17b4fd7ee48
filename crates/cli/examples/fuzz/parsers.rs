//! Every parser of a file that somebody else may have written, and what a program does with what it reads.

use detente::{
    Case, beliefs::ActSheet, conflict::NamedConflict, decode::Source, game::Played,
    indicators::Indicators, tournament::Setup,
};
use detente_formats::{
    Document, Format, Limits, ReadOptions, assemble, read, write_game, write_negotiation,
    write_tree,
};

/// A parser.
pub(crate) struct Parser {
    /// Its word.
    pub(crate) name: &'static str,
    /// How its texts begin, so that none is spent on what another parser reads.
    pub(crate) begins: &'static str,
    /// Sound texts, of which damaged ones are made.
    pub(crate) seeds: &'static [&'static str],
    /// Reads a text and does with it what a program would; whether it was read.
    pub(crate) tried: fn(&[u8]) -> bool,
}

/// Every parser.
pub(crate) const PARSERS: [Parser; 14] = [
    Parser {
        name: "nfg",
        begins: "NFG 1 R ",
        seeds: &[
            include_str!("../../../../tests/data/formats/arms.nfg"),
            include_str!("../../../../tests/data/formats/arms-outcomes.nfg"),
        ],
        tried: foreign,
    },
    Parser {
        name: "efg",
        begins: "EFG 2 R ",
        seeds: &[
            include_str!("../../../../tests/data/formats/bluff.efg"),
            "EFG 2 R \"x\" { \"a\" } p \"\" 1 1 \"\" { \"l\" \"r\" } 1 \"t\" { -1/3 } t \"\" 2 \"\" { .5 } p \"\" 1 1 0 t \"\" 0 t \"\" 0",
        ],
        tried: foreign,
    },
    Parser {
        name: "genius",
        begins: "<utility_space>",
        seeds: &[
            include_str!("../../../../tests/data/formats/genius/border.xml"),
            include_str!("../../../../tests/data/formats/genius/north.xml"),
            "<utility_space><objective name=\"x\"><issue index=\"1\" name=\"n\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"><evaluator slope=\"0.1\" offset=\"0\"/></issue><issue index=\"2\" name=\"r\" type=\"real\"><range lowerbound=\"0\" upperbound=\"1\"/><evaluator ftype=\"triangular\" parameter0=\"0\" parameter1=\"1\" parameter2=\".5\"/></issue><weight index=\"1\" value=\".5\"/><weight index=\"2\" value=\".5\"/></objective></utility_space>",
        ],
        tried: foreign,
    },
    Parser {
        name: "geniusweb",
        begins: "{\"issuesValues\":",
        seeds: &[
            include_str!("../../../../tests/data/formats/geniusweb/north.json"),
            "{\"name\":\"d\",\"issuesValues\":{\"a\":{\"values\":[\"x\\u00e9\",\"y\"]},\"n\":{\"range\":{\"low\":0,\"high\":9,\"step\":0.3}}}}",
        ],
        tried: foreign,
    },
    Parser {
        name: "negmas",
        begins: "type: ",
        seeds: &[
            include_str!("../../../../tests/data/formats/negmas/domain.yml"),
            include_str!("../../../../tests/data/formats/negmas/north.yml"),
            include_str!("../../../../tests/data/formats/negmas/south.yml"),
            "type: MappingUtilityFunction\ndefault: 0\nmapping:\n  ? [A, shared, none]\n  : 1\n  ? - B\n    - shared\n    - none\n  : 2\n",
            "type: AffineUtilityFunction\nweights: [1, 2, 3]\nbias: -.5\nreserved_value: -.inf\n",
        ],
        tried: foreign,
    },
    Parser {
        name: "sheet",
        begins: "issue,option,",
        seeds: &[
            include_str!("../../../../tests/data/formats/border.csv"),
            "issue,option,rank: a,b\nx,p,1..2,3..3.5..5\nx,q,2,4\nnonagreement,,3,1\n",
        ],
        tried: foreign,
    },
    Parser {
        name: "json",
        begins: "{\"detente\":",
        seeds: &[
            "{\"detente\":\"negotiation\",\"version\":1,\"title\":\"t\",\"issues\":[{\"name\":\"i\",\"options\":[\"a\",\"b\"]}],\"parties\":[{\"name\":\"p\",\"tables\":[[1,2]],\"constant\":3},{\"name\":\"q\",\"table\":[1,2],\"nonagreement\":0.5}]}",
            "{\"detente\":\"game\",\"version\":1,\"players\":[\"a\",\"b\"],\"actions\":[[\"x\"],[\"y\",\"z\"]],\"payoffs\":[[1,2],[3,4]]}",
        ],
        tried: foreign,
    },
    Parser {
        name: "case",
        begins: "format = 1\n",
        seeds: &[CASE],
        tried: |text| Case::read(&source(text)).is_ok(),
    },
    Parser {
        name: "conflict",
        begins: "[player.a]\n",
        seeds: &[detente::conflict::EXAMPLE, MOVES],
        tried: |text| NamedConflict::read(&source(text)).is_ok(),
    },
    Parser {
        name: "states",
        begins: "state,",
        seeds: &[
            "state,us: strike!,us: blockade,ussr: withdraw,rank: us,rank: ussr\nnothing,N,N,N,4,1\nblockade,N,Y,N,3,2\nout,N,Y,Y,1,3\nwar,Y,N,N,2,\n",
        ],
        tried: |text| NamedConflict::read_table("fuzz", text).is_ok(),
    },
    Parser {
        name: "acts",
        begins: "date,observer,actor,",
        seeds: &[
            "date,observer,actor,act,known,tone,forced,clue,honest,opportunist\nprior,west,east,,,,,,0.4,0.6\n1985-07-29,west,east,stops testing,1985-08-02,cooperative,0.2,x,0.7,0.2..0.4\n1986-01-15,west,east,offers,,hostile,,x,0.3..0.35..0.5,0.1\n",
        ],
        tried: |text| ActSheet::read(text).is_ok(),
    },
    Parser {
        name: "indicators",
        begins: "country,",
        seeds: &[
            "country,media_freedom,winning_coalition,v2exl_legitideol,v2exl_legitperf,posttenurefate,exit,mean_tenure,v2smgovdom\nEast,0.5,0.2,1.2,NA,2,3,7.5,-1\nWest,,1,,0.3,,-999,4,2\n",
        ],
        tried: |text| Indicators::read(text).is_ok(),
    },
    Parser {
        name: "game",
        begins: "row = [[",
        seeds: &[
            "row = [[9, 1], [10, 3]]\ncol = [[9, 10], [1, 3]]\ntitle = \"t\"\nplayers = [\"a\", \"b\"]\nrow_actions = [\"c\", \"d\"]\ndelta = [0.6, 0.7]\ndetection = 0.9\ndelay = 1\n",
        ],
        tried: |text| Played::read(&source(text)).is_ok(),
    },
    Parser {
        name: "tournament",
        begins: "title = ",
        seeds: &[
            "title = \"t\"\nnoise = 0.02\nperiods = 100\nstrategies = [\"tft\", \"gtft\"]\n[stakes]\nt = 5\nr = 3\np = 1\ns = 0\n[strategy.mine]\nstart = 1\ncc = 1\ncd = 0.3\ndc = 1\ndd = 0\n",
        ],
        tried: |text| Setup::read(&source(text)).is_ok(),
    },
];

/// A conflict by its moves.
const MOVES: &str = "title = \"m\"\nstatus_quo = \"a\"\n[state]\na = \"as it is\"\nb = \"agreed\"\n[player.p]\n\
    moves = [\"a -> b\"]\nranking = [\"b\", \"a\"]\n[player.q]\nmoves = [\"b -> a\"]\nranking = [[\"a\", \"b\"]]\n";

/// A case with a little of everything.
const CASE: &str = r#"format = 1
[case]
id = "c"
title = "t"
decided = 1986-10-12
outcome = "nonagreement"
[source]
memo = { cite = "a memo" }
[issue.arms]
name = "Arms"
option.few = "Few"
option.many = "Many"
[party.east]
name = "East"
nonagreement = { low = -1, mode = 0, high = 1, source = "memo" }
true_type = "keeps"
detection = 0.8
[party.east.payoff]
arms = { few = 3, many = { uniform = { low = 0, high = 2 } } }
[party.east.exposure]
arms = { few = 1, many = 0 }
[party.east.temptation]
constant = 1
[party.east.type.keeps]
patience = 0.9
[party.east.type.cheats]
patience = 0.3
detection = "likely"
temptation_scale = 2
[party.west]
name = "West"
nonagreement = 0
payoff = { arms = { few = 2, many = 1 } }
prior.east = { keeps = 0.3 }
exposure = { constant = 1 }
[[act]]
id = "stop"
tone = "cooperative"
date = 1985-07-29
actor = "east"
event = "stops testing"
likelihood = { keeps = 0.7, cheats = 0.2 }
[[proposal]]
id = "offer"
date = 1986-10-11
by = "east"
name = "few"
terms = { arms = "few" }
"#;

fn source(text: &[u8]) -> Source {
    Source::from_bytes("fuzz.toml", text)
}

fn foreign(bytes: &[u8]) -> bool {
    let options = ReadOptions {
        limits: Limits {
            options: 2_000,
            payoffs: 20_000,
            ..Limits::default()
        },
        real_options: Some(5),
    };
    let Ok(document) = read("fuzz", bytes, &options) else {
        return false;
    };
    match document {
        Document::Game(game) => {
            let _ = (
                write_game(&game, Format::Nfg),
                write_game(&game, Format::Json),
                game.bimatrix(),
            );
        }
        Document::Tree(tree) => {
            let limits = Limits {
                steps: 100_000,
                ..options.limits
            };
            let _ = (write_tree(&tree, Format::Efg), tree.normal_form(&limits));
        }
        Document::Negotiation(negotiation) => {
            for format in Format::ALL {
                let _ = write_negotiation(&negotiation, format);
            }
            let _ = (
                negotiation.utilities(),
                negotiation.nonagreement(),
                negotiation.clone().join(&negotiation),
            );
        }
        valuation => {
            let domain = read(
                "domain",
                include_bytes!("../../../../tests/data/formats/negmas/domain.yml"),
                &options,
            );
            let _ = assemble(domain.ok().into_iter().chain([valuation]), &options);
        }
    }
    true
}
