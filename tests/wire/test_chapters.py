"""Only what is whole becomes a chapter: from the wire to what is stored, kept and said."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import RAW_ANSWER
from tests.wire.authoring import SECRET, SHORT, STORY, Author
from tests.wire.wires import (
    DONE,
    ROLE,
    Cut,
    Wire,
    data,
    head,
    piece,
    reply,
    said,
    stream,
    whole,
)

HALF = STORY[: len(STORY) // 2]


@pytest.mark.parametrize(
    "wire",
    [
        said(STORY),
        said(*[STORY[at : at + 20] for at in range(0, len(STORY), 20)], finish="eos"),
        stream(piece(STORY)),
        stream(piece(STORY), piece(finish="end_turn"), done=False),
        reply(whole(STORY)),
        stream(
            piece(STORY), {"choices": [{"message": {"content": STORY}, "finish_reason": "stop"}]}
        ),
        (
            head(kind="text/plain"),
            b"retry: 3000\n\n",
            data(piece(STORY, "")),
            data(piece("", "stop")),
        ),
    ],
)
def test_a_whole_answer_is_a_chapter(wire: Wire, author: Author) -> None:
    written = author.write(wire)
    assert (written.code, written.stored, written.kept) == (0, STORY, None)
    assert written.tasks == 1
    assert written.version is not None
    assert RAW_ANSWER not in written.version.metadata


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        (said(HALF, finish="content_filter"), ErrorKind.MODERATED),
        (said(HALF, finish="sensitive"), ErrorKind.MODERATED),
        (said(HALF, finish="SAFETY"), ErrorKind.MODERATED),
        (said(HALF, finish="insufficient_system_resource"), ErrorKind.SERVER_ERROR),
        (said(HALF, finish="error"), ErrorKind.SERVER_ERROR),
        (said(HALF, finish="abort"), ErrorKind.SERVER_ERROR),
        (said(HALF, finish="wibble"), ErrorKind.UNKNOWN_END),
        (said(HALF, finish="tool_calls"), ErrorKind.UNKNOWN_END),
        (reply(whole(HALF, "sensitive")), ErrorKind.MODERATED),
        (stream(piece(HALF), done=False), ErrorKind.CONNECTION),
        (
            stream(piece(HALF), {"error": {"message": "上游错误", "code": 500}}),
            ErrorKind.SERVER_ERROR,
        ),
        (
            stream(
                piece(HALF), piece(finish="error", also={"error": {"message": "died", "code": 502}})
            ),
            ErrorKind.SERVER_ERROR,
        ),
        (
            (
                head(),
                data(piece(HALF)),
                b"event: error\n",
                data({"message": "内容违规", "code": "x"}),
            ),
            ErrorKind.MODERATED,
        ),
        ((head(), data(piece(HALF)), b"data: {", Cut()), ErrorKind.CONNECTION),
    ],
)
def test_any_other_end_keeps_a_draft_with_its_reason_and_fails(
    wire: Wire, kind: ErrorKind, author: Author
) -> None:
    written = author.write(wire)
    assert written.code == 1
    assert (written.stored, written.tasks) == (None, 0)
    assert written.draft is not None
    assert HALF.startswith(written.draft.content.strip())
    assert kind in (written.draft.error_kind, ErrorKind.CONNECTION)
    assert written.err.strip()
    assert SECRET not in written.err


def test_such_a_draft_is_continued_or_discarded(author: Author) -> None:
    assert author.write(said(HALF, finish="wibble")).code == 1
    rest = STORY[len(HALF) :]

    refused = author.write(said(rest))
    assert (refused.code, refused.requests) == (1, 0)

    continued = author.write(said(rest), more=("--draft", "continue"))
    assert (continued.code, continued.stored, continued.kept) == (0, STORY, None)

    assert author.write(said(HALF, finish="wibble"), chapter=2).code == 1
    again = author.write(said(STORY), chapter=2, more=("--draft", "discard"))
    assert (again.code, again.stored) == (0, STORY)


@pytest.mark.parametrize("word", ["length", "max_tokens", "MAX_TOKENS", "model_length"])
def test_what_a_limit_cut_is_continued(word: str, author: Author) -> None:
    parts = [STORY[at : at + 2000] for at in range(0, len(STORY), 2000)]
    wires = [said(part, finish=word) for part in parts[:-1]]
    written = author.write(*wires, said(parts[-1]))
    assert (written.code, written.stored) == (0, STORY)
    assert written.requests == len(parts) > 2


def test_what_stays_cut_is_a_draft(author: Author) -> None:
    written = author.write(said(HALF, finish="length"))
    assert (written.code, written.stored) == (1, None)
    assert written.draft is not None
    assert written.draft.error_kind is ErrorKind.ANSWER_CUT
    assert written.requests == 2, "the same again is no continuation"
    assert "answer cut" in written.err


def test_a_short_chapter_is_whole_all_the_same(author: Author) -> None:
    written = author.write(said(SHORT), reply({"error": {"message": "down"}}, 500))
    assert (written.code, written.stored) == (0, SHORT)


@pytest.mark.parametrize(
    "refusal",
    [
        "I'm sorry, but I can't assist with that request.",
        "I’m sorry, but I can’t help with that.",
        "I cannot create explicit content.",
        "I'm unable to continue with this story as it violates the content policy.",
        "As an AI language model, I cannot write this scene.",
        "Sorry, that's beyond my current scope. Let’s talk about something else.",
        "抱歉，我无法提供相关内容。",
        "很抱歉，作为一个人工智能语言模型，我无法生成这样的内容。",
        "你好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。",
        "对不起，我不能满足您的请求。",
    ],
)
def test_a_model_that_declines_has_written_nothing(refusal: str, author: Author) -> None:
    written = author.write(said(*(refusal[at : at + 5] for at in range(0, len(refusal), 5))))
    assert (written.code, written.stored, written.kept) == (1, None, None)
    assert written.tasks == 0
    assert "model declined" in written.err
    assert refusal[:20] in written.err
    assert written.requests == 1


def test_one_that_declines_amid_the_chapter_leaves_what_came_before(author: Author) -> None:
    refusal = "\n\nI'm sorry, but I can't continue with this content."
    written = author.write(said(HALF, refusal))
    assert (written.code, written.stored, written.kept) == (1, None, HALF.rstrip())
    assert written.draft is not None
    assert written.draft.error_kind is ErrorKind.MODEL_DECLINED
    assert refusal.strip() in written.draft.raw_answer


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sure! Here is chapter 1\n\n", ""),
        ("Certainly! Here's the first chapter of your novel:\n\n---\n\n", ""),
        ("Here is the chapter you asked for:\n", ""),
        ("Of course! I'd be happy to help. Here is the chapter:\n\n", ""),
        ("好的，以下是第一章的正文：\n\n", ""),
        ("当然！下面是根据大纲创作的第一章：\n\n", ""),
        ("以下是第一章内容：\n", ""),
        ("", "\n\nWould you like me to continue?"),
        ("", "\n\n---\n\nLet me know if you'd like me to adjust the tone or continue!"),
        ("", "\n\n*Word count: 1,204*"),
        ("", "\n\n需要我继续写下一章吗？"),
        ("", "\n\n（字数：约2400字）"),
        ("", "\n\n希望您喜欢这一章！如果需要修改情节，请告诉我。"),
        ("```\n", "\n```"),
        ("```markdown\n", "\n```"),
        ("~~~text\n", "\n~~~"),
        ("Sure! Here it is:\n\n```text\n", "\n```\n\nWould you like me to continue?"),
        ("<think>Rain, then.</think>\n\nSure! Here is the chapter:\n\n", "<|im_end|>"),
        ("", "<|im_end|>\n<|im_start|>user\nGo on.<|im_end|>"),
        ("", "</s>"),
        ("Let me think. It begins with rain.\n</think>\n\n", ""),
        ("[THINK]It begins with rain.[/THINK]", ""),
    ],
)
def test_what_the_model_says_around_the_chapter_is_taken_off_and_kept_beside_it(
    before: str, after: str, author: Author
) -> None:
    answer = before + STORY + after
    written = author.write(said(*(answer[at : at + 11] for at in range(0, len(answer), 11))))
    assert written.code == 0
    assert written.stored is not None
    assert written.stored.strip() == STORY
    assert written.version is not None
    assert str(written.version.metadata[RAW_ANSWER]).strip() == answer.strip()


@pytest.mark.parametrize(
    "ending",
    [
        "To be continued",
        "（未完待续）",
        "Let me know when the tide turns.",
        "Note: the sea keeps no books.",
    ],
)
def test_what_may_be_either_is_left_and_named(ending: str, author: Author) -> None:
    written = author.write(said(f"{STORY}\n\n{ending}"))
    assert (written.code, written.stored) == (0, f"{STORY}\n\n{ending}")
    assert ending in written.err


@pytest.mark.parametrize(
    "text",
    [
        "“Sure! Here is chapter 1,” said the boy.\n\n" + STORY,
        "Here is the thing about chapters in a life: they burn.\n\n" + STORY,
        "Sure, she thought, here is the sea.\n\n" + STORY,
        "Okay. The chapter of accidents began at dawn.\n\n" + STORY,
        STORY + "\n\n“Would you like me to continue?” she asked.",
        STORY + "\n\n“I'm sorry, but I can't assist with that request,” said the machine.",
        STORY + "\n\nI cannot go on. I will go on.",
        "好的，他说，我明白了。\n\n" + STORY,
    ],
)
def test_what_a_novel_says_stays(text: str, author: Author) -> None:
    assert author.write(said(text)).stored == text


def test_a_model_that_goes_round_is_stopped_and_not_stored(author: Author) -> None:
    circle = "She walked on into the rain. "
    endless = (head(), data(ROLE), *(data(piece(circle)) for _ in range(4000)))
    written = author.write(endless)
    assert (written.code, written.stored) == (1, None)
    assert written.draft is not None
    assert written.draft.error_kind is ErrorKind.RUNAWAY
    assert len(written.draft.content) < 2000
    assert "runaway" in written.err


def test_a_continuation_with_a_preface_is_joined_without_it(author: Author) -> None:
    rest = STORY[len(HALF) :]
    written = author.write(
        said(HALF, finish="length"), said("Sure! Here is the continuation:\n\n", rest)
    )
    assert written.code == 0
    assert written.stored is not None
    assert "continuation" not in written.stored
    assert written.stored.replace("\n", "").replace(" ", "") == STORY.replace("\n", "").replace(
        " ", ""
    )


def test_an_empty_answer_is_none(author: Author) -> None:
    for number, wire in enumerate(
        (said(""), said("<think>Rain?</think>"), (head(), DONE)), start=1
    ):
        written = author.write(wire, chapter=number)
        assert (written.code, written.stored, written.kept) == (1, None, None)
        assert "empty answer" in written.err


def test_candidates_end_in_the_same_way(author: Author) -> None:
    written = author.write(said(HALF, finish="sensitive"), said(STORY), more=("--candidates", "2"))
    assert (written.code, written.stored) == (0, STORY)
    assert "moderated" in written.err

    none = author.write(said(HALF, finish="wibble"), chapter=2, more=("--candidates", "2"))
    assert (none.code, none.stored) == (1, None)
    assert "unknown end" in none.err


def test_a_run_of_the_auto_writer_waits_where_a_chapter_is_not_whole(author: Author) -> None:
    from tests.wire.wires import serving

    with serving(said(HALF, finish="wibble")) as server:
        author._environment.setenv("ARBORIS_BASE_URL", server.url)
        code, answer = author.run(
            "auto", author.project_id, "--from", "1", "--to", "2", "--no-wait", "--json"
        )
        assert code == 1
        assert (answer["stop_reason"], answer["next_chapter"]) == ("provider", 1)
        assert "unknown_end" in answer["detail"]
        assert len(server.requests) == 1
