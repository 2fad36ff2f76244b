/* The lines of a page: what html.py's _walk does, and what _Page and _About know, ten times as fast.

   The Python is the definition; a test holds the two together. Where a tree is other than a parser of HTML
   makes it (name spaces, attributes in pieces), this gives None, and Python reads it. */

#include "_lines.h"

/* ---- the line ---- */

/* A tuple of a NamedTuple's class, of objects that it takes over; NULL if one of them is missing. */
static PyObject *named(PyObject *class, PyObject **items, Py_ssize_t count) {
    PyTypeObject *type = (PyTypeObject *)class;
    PyObject *made = NULL;
    int whole = 1;
    for (Py_ssize_t at = 0; at < count; at++)
        whole &= items[at] != NULL;
    if (whole)
        made = type->tp_alloc(type, count);
    for (Py_ssize_t at = 0; at < count; at++)
        if (made)
            PyTuple_SET_ITEM(made, at, items[at]);
        else
            Py_XDECREF(items[at]);
    return made;
}

static PyObject *text_or_none(const char *text) {
    return text && *text ? PyUnicode_FromString(text) : Py_NewRef(Py_None);
}

static PyObject *new_hints(Page *page) {
    const Open *here = &page->path[page->depth ? page->depth - 1 : 0];
    Py_ssize_t place = here->box, all = 0, *block, best = -1;
    const About *known = about(page, place);
    Tag *tag = known ? tag_of(page, page->path[place].node) : NULL;
    PyObject *ancestors = tag ? tags_of(page, known->ancestors | here->inner) : NULL;
    double share = 0.0;
    if (!ancestors)
        return NULL;
    for (Py_ssize_t at = 0; at < page->linked_count; at++) {
        const Link *link = &page->links[page->linked[at]];
        all += link->letters;
        if (best < 0 || link->letters > page->links[best].letters)
            best = page->linked[at];
    }
    if (all)
        share = all < page->letters ? (double)all / (double)page->letters : 1.0;
    block = place ? &page->path[place - 1].block : is_element(page->path[0].node->parent) ? &page->above : &page->path[0].block;
    if (*block < 0)
        *block = page->blocks++;
    PyObject *items[] = {
        Py_NewRef(tag->tag),
        Py_NewRef(ancestors),
        Py_NewRef(known->words),
        PyFloat_FromDouble(share),
        text_or_none(best < 0 ? NULL : page->links[best].href),
        text_or_none(page->time),
        PyLong_FromSsize_t(*block),
        PyLong_FromSsize_t(known->depth),
    };
    return named(page->hints, items, 8);
}

static void forget_links(Page *page) {
    page->linked_count = 0;
    page->number++; /* of the stretches between two ends of a block, too: links know by it what is theirs */
}

/* A block begins or ends: so does the line, if there is one. */
static int end_line(Page *page) {
    PyObject *items[5], *line;
    int failed;
    page->blank = 0;
    if (!page->parts) {
        if (page->linked_count)
            forget_links(page);
        return 0;
    }
    items[0] = PyLong_FromSsize_t(PyList_GET_SIZE(page->lines) + 1);
    items[1] = PyUnicode_DecodeUTF8(page->text, page->size, NULL);
    items[2] = PyLong_FromLong(0);
    items[3] = items[0] && items[1] && items[2] ? new_hints(page) : NULL;
    items[4] = PyLong_FromLong(0);
    if (!(line = named(page->line, items, 5)))
        return -1;
    failed = PyList_Append(page->lines, line);
    Py_DECREF(line);
    forget_links(page);
    page->parts = page->spaced = 0;
    page->size = page->letters = 0;
    page->time = NULL;
    return failed;
}

/* ---- its text ---- */

/* What begins with a byte: 1 white space, 2 perhaps white space, 3 the end; else a letter or a part of one. */
static const unsigned char spaces[256] = {
    [0] = 3,    [9] = 1,  [10] = 1, [11] = 1,   [12] = 1,   [13] = 1,   [28] = 1,
    [29] = 1,   [30] = 1, [31] = 1, [' '] = 1, [0xC2] = 2, [0xE1] = 2, [0xE2] = 2, [0xE3] = 2,
};

/* The letters of a part of the line, without white space at its ends. */
typedef struct {
    Py_ssize_t seen, stripped;
} Letters;

static int append(Page *page, const char *text, Letters *letters) {
    const unsigned char *at = (const unsigned char *)text;
    if (ROOM(page, text, text_room, page->size + (Py_ssize_t)strlen(text) + 1) < 0)
        return -1;
    while (*at) {
        const unsigned char *end = at;
        Py_ssize_t count = 0;
        int width = space_at(at);
        if (width) {
            page->spaced = page->size > 0;
            letters->seen += letters->seen > 0;
            at += width;
            continue;
        }
        do
            count += (*end++ & 0xC0) != 0x80;
        while (!spaces[*end] || (spaces[*end] == 2 && !space_at(end)));
        if (page->spaced) {
            page->text[page->size++] = ' ';
            page->letters++;
            page->spaced = 0;
        }
        memcpy(page->text + page->size, at, (size_t)(end - at));
        page->size += end - at;
        page->letters += count;
        letters->stripped = letters->seen += count;
        at = end;
    }
    return 0;
}

/* Whether a run of text is a number of one or two digits, with nothing but white space around it. */
static int is_rank(const Node *node) {
    int digits = 0, ended = 0, width;
    for (; is_text(node); node = node->next)
        for (const unsigned char *at = (const unsigned char *)node->content; at && *at; at += width) {
            uint32_t letter = letter_at(at, &width);
            if (Py_UNICODE_ISSPACE(letter))
                ended = digits > 0;
            else if (ended || !Py_UNICODE_ISDECIMAL(letter) || ++digits > 2)
                return 0;
        }
    return digits > 0;
}

/* Takes a run of text, which is a part of the line. */
static int add_text(Page *page, Node *first) {
    Letters letters = {0, 0};
    Node *node = first;
    while (is_text(node) && !(node->content && *node->content))
        node = node->next;
    if (!is_text(node))
        return 0;
    if (page->parts == 1 && !page->blank) {
        int width;
        uint32_t letter = letter_at((const unsigned char *)node->content, &width);
        Py_ssize_t found = PyUnicode_FindChar(page->goes_on, letter, 0, PyUnicode_GET_LENGTH(page->goes_on), 1);
        if (found == -2)
            return -1;
        if (found < 0 && is_rank(page->first))
            page->spaced = 1; /* <span>3</span>Title: the style sheet sets them apart */
    }
    for (; is_text(node); node = node->next)
        if (node->content && append(page, node->content, &letters) < 0)
            return -1;
    if (page->parts) {
        page->parts = 2;
    } else if (page->size) {
        page->parts = 1;
        page->first = first;
    } else {
        page->blank = 1;
    }
    if (page->path[page->depth - 1].link >= 0) {
        Py_ssize_t number = page->path[page->depth - 1].link;
        Link *link = &page->links[number];
        if (link->line != page->number) {
            if (ROOM(page, linked, linked_room, page->linked_count + 1) < 0)
                return -1;
            page->linked[page->linked_count++] = number;
            link->line = page->number;
            link->letters = 0;
        }
        link->letters += letters.stripped;
    }
    return 0;
}

/* ---- the walk ---- */

static void clear_page(Page *page) {
    for (int at = 0; at < TAGS; at++)
        Py_XDECREF(page->tags[at].tag);
    for (Py_ssize_t at = 0; at < page->about_count; at++)
        Py_DECREF(page->abouts[at].words);
    PyMem_Free(page->abouts);
    PyMem_Free(page->path);
    PyMem_Free(page->links);
    PyMem_Free(page->linked);
    PyMem_Free(page->text);
    Py_XDECREF(page->sets);
    Py_XDECREF(page->lines);
    PyMem_Free(page);
}

static int open_link(Page *page, Open *element, const char *href) {
    if (ROOM(page, links, link_room, page->link_count + 1) < 0)
        return -1;
    page->links[page->link_count] = (Link){href, -1, 0};
    element->link = page->link_count++;
    return 0;
}

static int enter(Page *page, Node *node) {
    Py_ssize_t depth = page->depth;
    const Tag *tag = tag_of(page, node);
    const char *value = NULL;
    Open *element, *outer;
    int found = 0;
    if (node->space)
        page->odd = 1;
    if (!tag || page->odd || ((tag->kind & BLOCK) && end_line(page) < 0) ||
        ROOM(page, path, path_room, depth + 1) < 0)
        return -1;
    if (!(tag = tag_of(page, node))) /* again: the line may have taken its place in the table */
        return -1;
    element = &page->path[page->depth++];
    *element = (Open){.node = node, .kind = tag->kind, .telling = tag->telling, .about = -1, .block = -1, .link = -1};
    if (depth) {
        outer = element - 1;
        element->box = tag->kind & BOX ? depth : outer->box;
        element->inner = tag->kind & BOX ? 0 : outer->inner | tag->telling;
        element->link = outer->link;
    } else {
        element->about = 0;
    }
    if (tag->kind & (LINK | TIME) && !(tag->kind & UNSEEN))
        found = attribute_of(node, tag->kind & LINK ? "href" : "datetime", &value);
    if (found < 0)
        page->odd = 1;
    if (found < 0 || (found && tag->kind & LINK && *value && open_link(page, element, value) < 0))
        return -1;
    if (found && tag->kind & TIME && *value && !page->time)
        page->time = value;
    return tag->kind & UNSEEN ? 0 : add_text(page, node->children);
}

/* Ends the innermost element; what follows it in its parent is text of the line. */
static int leave(Page *page) {
    Node *node = page->path[page->depth - 1].node;
    if (page->path[page->depth - 1].kind & BLOCK && end_line(page) < 0)
        return -1;
    page->depth--;
    return page->depth ? add_text(page, node->next) : 0;
}

static int walk(Page *page, Node *top, Py_ssize_t most) {
    Node *next;
    if (enter(page, top) < 0)
        return -1;
    next = page->path[0].kind & UNSEEN ? NULL : element_from(top->children);
    while (page->depth && PyList_GET_SIZE(page->lines) <= most) {
        if (next) {
            if (enter(page, next) < 0)
                return -1;
            next = page->path[page->depth - 1].kind & UNSEEN ? NULL : element_from(next->children);
        } else {
            next = element_from(page->path[page->depth - 1].node->next);
            if (leave(page) < 0)
                return -1;
        }
    }
    return PyList_GET_SIZE(page->lines) <= most ? end_line(page) : 0;
}

/* lines(top, most, rules) -> list[Line] | None */
PyObject *tree_lines(PyObject *self, PyObject *args) {
    Page *page = PyMem_Calloc(1, sizeof(Page));
    PyObject *lines = NULL, *none;
    Py_ssize_t most;
    Node *top;
    (void)self;
    if (!page)
        return PyErr_NoMemory();
    page->above = -1;
    if (!PyArg_ParseTuple(args, "O&n(OOO!O!OO!)", node_of, &top, &most, &page->line, &page->hints, &PyDict_Type,
                          &page->kinds, &PyTuple_Type, &page->telling, &page->hidden, &PyUnicode_Type,
                          &page->goes_on))
        goto done;
    if (!top || !(page->sets = PyDict_New()) || !(page->lines = PyList_New(0)) ||
        ROOM(page, abouts, about_room, 1) < 0)
        goto done;
    if (!(none = PyFrozenSet_New(NULL)))
        goto done;
    page->abouts[page->about_count++] = (About){none, 0, 0};
    if (walk(page, top, most) == 0)
        lines = Py_NewRef(page->lines);
done:
    if (!lines && !PyErr_Occurred())
        lines = Py_NewRef(Py_None); /* an odd tree */
    clear_page(page);
    return lines;
}
