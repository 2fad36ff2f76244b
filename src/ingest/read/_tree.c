/* What reading asks of a page's tree, and of its text before there is one, without a Python object for each
   element: the lines (_lines.c), the elements that metadata stand in, floods of attributes.

   Each of them is defined in Python, which does the same where this module is not built, and a test holds the
   two together. lxml's tree is read as its interface for C hands it out; where that is not as it is known
   here, the answer is None. */

#include "_tree.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* ---- letters, attributes ---- */

uint32_t letter_at(const unsigned char *text, int *size) {
    uint32_t first = text[0];
    int more = first < 0xC2 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 0;
    uint32_t letter = more ? first & (0x3Fu >> more) : first;
    for (int at = 1; at <= more; at++) {
        if ((text[at] & 0xC0) != 0x80) {
            *size = 1;
            return first;
        }
        letter = letter << 6 | (text[at] & 0x3Fu);
    }
    *size = more + 1;
    return letter;
}

int space_at(const unsigned char *text) {
    int size;
    uint32_t letter;
    if (*text < 0x80)
        return Py_UNICODE_ISSPACE(*text) ? 1 : 0;
    letter = letter_at(text, &size);
    return size > 1 && Py_UNICODE_ISSPACE(letter) ? size : 0;
}

const char *value_of(const Node *attribute) {
    const Node *text = attribute->children;
    if (!text)
        return "";
    return text->type == TEXT && !text->next ? (text->content ? text->content : "") : NULL;
}

int attribute_of(const Node *element, const char *name, const char **value) {
    for (const Node *one = element->attributes; one; one = one->next)
        if (!one->space && !strcmp(one->name, name))
            return (*value = value_of(one)) ? 1 : -1;
    return 0;
}

/* ---- elements ---- */

static PyTypeObject *element_type; /* lxml's _Element */
static PyObject *(*new_element)(PyObject *document, Node *node);

/* Finds these two, when they are first asked for: flat text is read without lxml. They stay NULL where its
   elements are not those of _tree.h. */
static void find_lxml(void) {
    PyObject *etree = PyImport_ImportModule("lxml.etree"), *type = NULL, *version = NULL, *offers = NULL, *maker;
    void *found;
    if (etree && (type = PyObject_GetAttrString(etree, "_Element")) &&
        (version = PyObject_GetAttrString(etree, "LIBXML_VERSION")) &&
        (offers = PyObject_GetAttrString(etree, "__pyx_capi__")) && PyType_Check(type) && PyTuple_Check(version) &&
        PyTuple_GET_SIZE(version) && PyDict_Check(offers) &&
        ((PyTypeObject *)type)->tp_basicsize == sizeof(Element) && PyLong_AsLong(PyTuple_GET_ITEM(version, 0)) == 2 &&
        (maker = PyDict_GetItemString(offers, "elementFactory")) && PyCapsule_CheckExact(maker) &&
        (found = PyCapsule_GetPointer(maker, "struct LxmlElement *(struct LxmlDocument *, xmlNode *)"))) {
        memcpy(&new_element, &found, sizeof found);
        element_type = (PyTypeObject *)Py_NewRef(type);
    }
    Py_XDECREF(etree);
    Py_XDECREF(type);
    Py_XDECREF(version);
    Py_XDECREF(offers);
    PyErr_Clear();
}

int node_of(PyObject *object, Node **node) {
    static int sought;
    Node *own;
    if (!sought) {
        sought = 1;
        find_lxml();
    }
    own = element_type && Py_IS_TYPE(object, element_type) ? ((Element *)object)->node : NULL;
    *node = own && own->owner == object && is_element(own) && (!own->children || own->children->parent == own)
                ? own
                : NULL;
    return 1;
}

/* The node behind another of the whole below ``root``, in the order of the page. */
static Node *after(Node *node, const Node *root) {
    if (node->type == ELEMENT && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static int is_one_of(PyObject *names, const char *value) {
    for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(names); at++) {
        const char *name = PyUnicode_AsUTF8(PyTuple_GET_ITEM(names, at));
        if (!name || !strcmp(name, value))
            return name ? 1 : -1;
    }
    return 0;
}

/* Whether one of the names stands in a value, between blanks. */
static int has_one_of(PyObject *names, const char *value) {
    for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(names); at++) {
        Py_ssize_t size;
        const char *name = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(names, at), &size);
        if (!name)
            return -1;
        for (const char *found = value; (found = strstr(found, name)); found++)
            if ((found == value || found[-1] == ' ') && (found[size] == ' ' || !found[size]))
                return 1;
    }
    return 0;
}

/* Whether an element has one of the properties, or is a <meta> of the page's head with such a name. */
static int is_item(const Node *node, const Node *root, PyObject *properties) {
    const char *property = NULL, *name = NULL, *other = NULL;
    int has_property = attribute_of(node, "itemprop", &property);
    int is_meta = !has_property && is_named(node, "meta") && is_named(node->parent, "head") &&
                  node->parent->parent == root && is_named(root, "html");
    if (has_property <= 0 && !is_meta)
        return has_property;
    if (!(property && *property) &&
        (attribute_of(node, "name", &name) < 0 || attribute_of(node, "property", &other) < 0))
        return -1;
    property = property && *property ? property : name && *name ? name : other ? other : "";
    return is_one_of(properties, property);
}

/* marked(root, tags, properties, classes) -> lists of elements, one for each tag and two more; or None */
static PyObject *marked(PyObject *self, PyObject *args) {
    PyObject *element, *tags, *properties, *classes, *found = NULL;
    Py_ssize_t kinds;
    Node *root;
    (void)self;
    if (!PyArg_ParseTuple(args, "OO!O!O!", &element, &PyTuple_Type, &tags, &PyTuple_Type, &properties,
                          &PyTuple_Type, &classes) ||
        !node_of(element, &root))
        return NULL;
    kinds = PyTuple_GET_SIZE(tags);
    if (!root)
        Py_RETURN_NONE;
    if (!(found = PyTuple_New(kinds + 2)))
        return NULL;
    for (Py_ssize_t at = 0; at < kinds + 2; at++) {
        PyObject *list = PyList_New(0);
        if (!list)
            goto failed;
        PyTuple_SET_ITEM(found, at, list);
    }
    for (Node *node = root; node; node = after(node, root)) {
        const char *title, *names;
        int is[3] = {-1, 0, 0}; /* its tag's number, whether it is an item, whether it has a class and a title */
        if (node->type != ELEMENT)
            continue;
        for (Py_ssize_t at = 0; at < kinds && is[0] < 0; at++) {
            const char *tag = PyUnicode_AsUTF8(PyTuple_GET_ITEM(tags, at));
            if (!tag)
                goto failed;
            if (!strcmp(tag, node->name))
                is[0] = (int)at;
        }
        if (node->attributes) {
            is[1] = is_item(node, root, properties);
            is[2] = attribute_of(node, "title", &title);
            if (is[2] > 0 && (is[2] = attribute_of(node, "class", &names)) > 0)
                is[2] = has_one_of(classes, names);
        }
        if (node->space || is[1] < 0 || is[2] < 0)
            goto failed; /* perhaps only since the tree is odd */
        for (int at = 0; at < 3; at++) {
            Py_ssize_t place = at == 0 ? is[0] : is[at] ? kinds + at - 1 : -1;
            PyObject *made;
            int failed;
            if (place < 0)
                continue;
            if (!(made = new_element(((Element *)element)->document, node)))
                goto failed;
            failed = PyList_Append(PyTuple_GET_ITEM(found, place), made);
            Py_DECREF(made);
            if (failed)
                goto failed;
        }
    }
    return found;
failed:
    Py_DECREF(found);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

/* ---- floods ---- */

/* How many attributes a tag has; ``at`` goes from behind its name to its end. As _ATTRIBUTE in floods.py. */
static Py_ssize_t attributes_of(const unsigned char **at, const unsigned char *end) {
    const unsigned char *here = *at, *behind;
    Py_ssize_t count = 0;
    int width;
    for (;;) {
        while (here < end && ((width = space_at(here)) || (*here == '/' && (width = 1))))
            here += width;
        if (here >= end || *here == '>')
            break;
        count++;
        do
            here++;
        while (here < end && *here != '/' && *here != '>' && *here != '=' && !space_at(here));
        behind = here;
        while (behind < end && (width = space_at(behind)))
            behind += width;
        if (behind >= end || *behind != '=')
            continue;
        behind++;
        while (behind < end && (width = space_at(behind)))
            behind += width;
        if (behind < end && (*behind == '"' || *behind == '\'')) {
            const unsigned char *quote = memchr(behind + 1, *behind, (size_t)(end - behind - 1));
            behind = quote ? quote + 1 : end;
        } else {
            while (behind < end && *behind != '>' && !space_at(behind))
                behind++;
        }
        here = behind;
    }
    *at = here;
    return count;
}

/* flooded(data, most) -> bool */
static PyObject *flooded(PyObject *self, PyObject *args) {
    const unsigned char *at, *end;
    const char *data;
    Py_ssize_t size, most;
    (void)self;
    if (!PyArg_ParseTuple(args, "y#n", &data, &size, &most))
        return NULL;
    at = (const unsigned char *)data;
    end = at + size;
    while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        at++;
        if (at >= end || (*at | 0x20) < 'a' || (*at | 0x20) > 'z')
            continue;
        while (at < end && *at != '/' && *at != '>' && !space_at(at))
            at++;
        if (attributes_of(&at, end) > most)
            Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

/* ---- what is not ASCII ---- */

/* The first byte from ``at`` on that is beyond ASCII, or the end. */
static const unsigned char *beyond_from(const unsigned char *at, const unsigned char *end) {
    uint64_t eight;
    for (; end - at >= 8; at += 8) {
        memcpy(&eight, at, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < end && *at < 0x80)
        at++;
    return at;
}

/* pieces(data) -> bytes: see mojibake.py */
static PyObject *pieces(PyObject *self, PyObject *data) {
    const unsigned char *at, *end, *behind;
    PyObject *found;
    char *next;
    (void)self;
    if (!PyBytes_Check(data))
        return PyErr_Format(PyExc_TypeError, "bytes are looked at");
    if (!(found = PyBytes_FromStringAndSize(NULL, PyBytes_GET_SIZE(data) + 1)))
        return NULL;
    next = PyBytes_AS_STRING(found);
    at = (const unsigned char *)PyBytes_AS_STRING(data);
    end = at + PyBytes_GET_SIZE(data);
    while ((at = beyond_from(at, end)) < end) {
        int one = *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : 4; /* bytes of its first character */
        for (behind = at; behind < end && *behind >= 0x80;)
            behind++;
        if (behind - at > one || (*at == 0xC2 && at[1] < 0xA0)) {
            memcpy(next, at, (size_t)(behind - at));
            next += behind - at;
            *next++ = ' ';
        }
        at = behind;
    }
    _PyBytes_Resize(&found, next - PyBytes_AS_STRING(found));
    return found;
}

/* ---- memory ---- */

/* What a large page's tree took stays with the process, in pieces that nothing else fits into. */
static PyObject *give_back(PyObject *self, PyObject *none) {
    (void)self, (void)none;
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    Py_RETURN_NONE;
}

/* ---- the module ---- */

PyDoc_STRVAR(lines_doc, "lines(top, most, rules) -> list[Line] | None\n\n"
                        "The lines of what stands in an element, ``most`` and one at the most; ``rules`` are those of\n"
                        "html.py. None for a tree that no parser of HTML makes.");
PyDoc_STRVAR(marked_doc, "marked(root, tags, properties, classes) -> tuple[list[_Element], ...] | None\n\n"
                         "What marked.py tells of a page.");
PyDoc_STRVAR(flooded_doc, "flooded(data, most) -> bool\n\nWhether a tag of a page in UTF-8 has more attributes.");
PyDoc_STRVAR(pieces_doc, "pieces(data) -> bytes\n\nWhat of UTF-8 is beyond ASCII, with a blank behind each piece; no single\n"
                         "characters, but those from U+0080 to U+009F.");

static PyMethodDef functions[] = {
    {"lines", tree_lines, METH_VARARGS, lines_doc},
    {"marked", marked, METH_VARARGS, marked_doc},
    {"flooded", flooded, METH_VARARGS, flooded_doc},
    {"pieces", pieces, METH_O, pieces_doc},
    {"give_back", give_back, METH_NOARGS, "give_back() -> None: to the system, memory that is free, where it can be"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "ingest.read._tree", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit__tree(void) { return PyModule_Create(&module); }
