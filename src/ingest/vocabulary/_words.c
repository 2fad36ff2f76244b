/* vocabulary.plain in C: a text's words alone, in lower case. A test holds the two together. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "_marks.h"

static int is_of_word(Py_UCS4 one) {
    if (one < 128)
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z');
    return Py_UNICODE_ISALNUM(one) || is_mark(one);
}

/* Whether a character is the dot that lower-casing leaves of a Turkish capital: "İlgili" is "ilgili". */
static int is_left_dot(PyObject *text, Py_ssize_t at) {
    return PyUnicode_READ_CHAR(text, at) == 0x307 && at > 0 && PyUnicode_READ_CHAR(text, at - 1) == 'i';
}

/* The words of a text with single spaces between: how many characters that makes, written where there is room. */
static Py_ssize_t write_words(PyObject *text, PyObject *room) {
    const void *data = PyUnicode_DATA(text);
    int kind = PyUnicode_KIND(text), apart = 0;
    Py_ssize_t size = 0;
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(text); at++) {
        Py_UCS4 one = PyUnicode_READ(kind, data, at);
        if (one == 0x307 && is_left_dot(text, at))
            continue;
        if (!is_of_word(one)) {
            apart = size > 0;
            continue;
        }
        if (apart && room)
            PyUnicode_WRITE(PyUnicode_KIND(room), PyUnicode_DATA(room), size, ' ');
        size += apart;
        if (room)
            PyUnicode_WRITE(PyUnicode_KIND(room), PyUnicode_DATA(room), size, one);
        size++;
        apart = 0;
    }
    return size;
}

/* The greatest character that is left: a text may be narrower without its signs. */
static Py_UCS4 greatest_of(PyObject *text) {
    Py_UCS4 most = 127;
    for (Py_ssize_t at = 0; !PyUnicode_IS_ASCII(text) && at < PyUnicode_GET_LENGTH(text); at++) {
        Py_UCS4 one = PyUnicode_READ_CHAR(text, at);
        if (one > most && is_of_word(one) && !is_left_dot(text, at))
            most = one;
    }
    return most;
}

static PyObject *plain(PyObject *module, PyObject *text) {
    static PyObject *casefold; /* the name of the method */
    (void)module;
    if (!casefold && !(casefold = PyUnicode_InternFromString("casefold")))
        return NULL;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is a str");
        return NULL;
    }
    PyObject *low = PyObject_CallMethodNoArgs(text, casefold), *words = NULL;
    if (low && PyUnicode_Check(low)) {
        words = PyUnicode_New(write_words(low, NULL), greatest_of(low));
        if (words && PyUnicode_GET_LENGTH(words))
            write_words(low, words);
    }
    Py_XDECREF(low);
    return words;
}

PyDoc_STRVAR(plain_doc, "plain(text) -> str: what vocabulary.plain makes of it");

static PyMethodDef functions[] = {
    {"plain", plain, METH_O, plain_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "ingest.vocabulary._words", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit__words(void) { return PyModule_Create(&module); }
