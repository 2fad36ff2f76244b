/* What is known of an element of a page: what html.py's _About knows, and the words of its names. */

#include "_lines.h"

int grow(void **items, Py_ssize_t *room, Py_ssize_t need, size_t size) {
    if (need > *room) {
        Py_ssize_t more = need < 64 ? 128 : need * 2;
        void *grown = (size_t)more < PY_SSIZE_T_MAX / size ? PyMem_Realloc(*items, (size_t)more * size) : NULL;
        if (!grown) {
            PyErr_NoMemory();
            return -1;
        }
        *items = grown;
        *room = more;
    }
    return 0;
}

Tag *tag_of(Page *page, const Node *node) {
    Tag *tag = &page->tags[((uintptr_t)node->name >> 2) * 0x9E3779B1u >> 7 & (TAGS - 1)];
    PyObject *name, *kind;
    if (tag->name == node->name)
        return tag;
    if (!(name = PyUnicode_FromString(node->name)))
        return NULL;
    tag->name = node->name;
    Py_XSETREF(tag->tag, name);
    tag->kind = 0;
    tag->telling = 0;
    if ((kind = PyDict_GetItemWithError(page->kinds, name))) {
        unsigned long long bits = PyLong_AsUnsignedLongLong(kind);
        tag->kind = bits & ((1u << FLAGS) - 1);
        tag->telling = bits >> FLAGS;
    }
    return PyErr_Occurred() ? NULL : tag;
}

/* Whether an attribute names what its element is for. */
static int is_naming(const Node *attribute) {
    const char *name = attribute->name;
    switch (name[0]) {
    case 'c':
        return !strcmp(name, "class");
    case 'i':
        return !strcmp(name, "id") || !strcmp(name, "itemprop");
    case 'r':
        return !strcmp(name, "role");
    case 'd':
        return !strcmp(name, "data-testid") || !strcmp(name, "data-component");
    default:
        return 0;
    }
}

static const Node *naming_from(const Node *attribute) {
    while (attribute && (attribute->space || !is_naming(attribute)))
        attribute = attribute->next;
    return attribute;
}

/* Whether two elements have the same names; all their attributes are known to be whole. */
static int same_names(const Node *one, const Node *other) {
    const Node *mine = naming_from(one->attributes), *its = naming_from(other->attributes);
    while (mine && its && !strcmp(value_of(mine), value_of(its))) {
        mine = naming_from(mine->next);
        its = naming_from(its->next);
    }
    return !mine && !its;
}

/* Reads the attributes: a hash of the names, how many they are, and whether the element is hidden. */
static int read_names(Page *page, const Node *element, uint64_t *hash, int *count, int *hidden) {
    for (const Node *attribute = element->attributes; attribute; attribute = attribute->next) {
        const char *value = value_of(attribute);
        if (attribute->space)
            continue;
        if (!value) {
            page->odd = 1;
            return -1;
        }
        if (is_naming(attribute)) {
            for (const char *letter = value; *letter; letter++)
                *hash = (*hash ^ (unsigned char)*letter) * 0x100000001B3u;
            *hash = (*hash ^ 0x100) * 0x100000001B3u;
            *count += 1;
        } else if (!strcmp(attribute->name, "hidden")) {
            *hidden = 1;
        } else if (!*hidden && !strcmp(attribute->name, "style")) {
            PyObject *style = PyUnicode_FromString(value);
            PyObject *found = style ? PyObject_CallOneArg(page->hidden, style) : NULL;
            Py_XDECREF(style);
            if (!found)
                return -1;
            *hidden = found != Py_None;
            Py_DECREF(found);
        }
    }
    return 0;
}

/* The end of a name as far as it is looked at. */
static const char *end_of_name(const char *name) {
    int most = MOST_NAME;
    while (*name && (most -= (*name & 0xC0) != 0x80) >= 0)
        name++;
    return name;
}

static inline int is_small(char letter) { return letter >= 'a' && letter <= 'z'; }
static inline int is_capital(char letter) { return letter >= 'A' && letter <= 'Z'; }

/* The end of a word that begins here, or no more than this place; as html.py's _WORD. */
static const char *end_of_word(const char *word, const char *end) {
    const char *at = word;
    while (at < end && is_capital(*at))
        at++;
    if (at - word > 1)
        return at < end && is_small(*at) ? at - 1 : at;
    while (at < end && is_small(*at))
        at++;
    return at;
}

/* Adds the words of a name to a set; ``own`` tells whether it is a copy already, which it becomes with the first. */
static int add_words(PyObject **words, int *own, const char *name, const char *end) {
    char lower[MOST_NAME];
    for (const char *at = name, *behind; at < end; at = behind) {
        PyObject *word, *copy;
        int had;
        if ((behind = end_of_word(at, end)) == at) {
            behind++;
            continue;
        }
        for (const char *letter = at; letter < behind; letter++)
            lower[letter - at] = (char)(*letter | 0x20);
        if (!(word = PyUnicode_FromStringAndSize(lower, behind - at)))
            return -1;
        had = PySet_Contains(*words, word);
        if (!had && !*own) {
            if ((copy = PyFrozenSet_New(*words)))
                Py_SETREF(*words, copy);
            *own = copy != NULL;
            had = *own ? 0 : -1;
        }
        if (!had)
            had = PySet_Add(*words, word);
        Py_DECREF(word);
        if (had < 0)
            return -1;
    }
    return 0;
}

/* The words, and those of an element's names. */
static PyObject *words_and(PyObject *words, const Node *element) {
    int own = 0;
    Py_INCREF(words);
    for (const Node *one = naming_from(element->attributes); one; one = naming_from(one->next)) {
        const char *name = value_of(one);
        if (add_words(&words, &own, name, end_of_name(name)) < 0) {
            Py_DECREF(words);
            return NULL;
        }
    }
    return words;
}

/* The number of what is known of a child of an element that is known. */
static Py_ssize_t inside(Page *page, Py_ssize_t parent, const Open *child) {
    uint64_t hash = 0xCBF29CE484222325u, ancestors = page->abouts[parent].ancestors | child->telling;
    PyObject *words = page->abouts[parent].words;
    int count = 0, hidden = 0;
    Known *known;
    if (read_names(page, child->node, &hash, &count, &hidden) < 0)
        return -1;
    if (hidden)
        ancestors |= (uint64_t)1 << (PyTuple_GET_SIZE(page->telling) - 1);
    hash = (hash ^ ancestors ^ (uint64_t)parent << 40) * 0x9E3779B97F4A7C15u;
    known = &page->known[hash >> 32 & (KNOWN - 1)];
    if (known->node && known->hash == hash && known->parent == parent &&
        page->abouts[known->about].ancestors == ancestors && same_names(known->node, child->node))
        return known->about;
    if (ROOM(page, abouts, about_room, page->about_count + 1) < 0)
        return -1;
    if (count && PySet_GET_SIZE(words) < MOST_WORDS)
        words = words_and(words, child->node);
    else
        Py_INCREF(words);
    if (!words)
        return -1;
    page->abouts[page->about_count] = (About){words, ancestors, page->abouts[parent].depth + 1};
    *known = (Known){hash, child->node, parent, page->about_count};
    return page->about_count++;
}

const About *about(Page *page, Py_ssize_t place) {
    Py_ssize_t known = place;
    while (page->path[known].about < 0)
        known--;
    for (; known < place; known++) {
        Py_ssize_t next = inside(page, page->path[known].about, &page->path[known + 1]);
        if (next < 0)
            return NULL;
        page->path[known + 1].about = next;
    }
    return &page->abouts[page->path[place].about];
}

PyObject *tags_of(Page *page, uint64_t bits) {
    PyObject *key = PyLong_FromUnsignedLongLong(bits), *set = NULL;
    if (key && !(set = PyDict_GetItemWithError(page->sets, key)) && !PyErr_Occurred() &&
        (set = PyFrozenSet_New(NULL))) {
        for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(page->telling) && set; at++)
            if (bits >> at & 1 && PySet_Add(set, PyTuple_GET_ITEM(page->telling, at)) < 0)
                Py_CLEAR(set);
        if (set && PyDict_SetItem(page->sets, key, set) < 0)
            Py_CLEAR(set);
        Py_XDECREF(set); /* the dictionary has it */
    }
    Py_XDECREF(key);
    return PyErr_Occurred() ? NULL : set;
}
