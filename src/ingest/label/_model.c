/* A CRFsuite model as it lies in its file: where the weights of a feature are, and the hash table to find them by.

   Nothing is copied. A file named by its path is mapped, so that what no page asks for is never read, and the
   processes of a batch share the rest.

   Source of the model's form: CRFsuite 0.12, lib/crf/src/crf1d_model.c and lib/cqdb (file layout). */

#include "_crf.h"

#include <string.h>

#ifndef _WIN32
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

/* ---- the bytes ---- */

typedef struct {
    const unsigned char *bytes;
    size_t size;
    int broken; /* something was asked for beyond the end */
} File;

/* Maps the file at a path, or takes the bytes; what of it is to be given back is kept in the model. */
static int open_source(Model *model, PyObject *source, File *file) {
#ifndef _WIN32
    if (PyUnicode_Check(source)) {
        PyObject *path;
        struct stat about;
        if (!PyUnicode_FSConverter(source, &path))
            return -1;
        int opened = open(PyBytes_AS_STRING(path), O_RDONLY | O_CLOEXEC);
        Py_DECREF(path);
        if (opened < 0 || fstat(opened, &about) < 0)
            PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, source);
        else if (about.st_size > 0) {
            void *mapped = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, opened, 0);
            if (mapped == MAP_FAILED)
                PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, source);
            else
                model->mapped = mapped, model->size = (size_t)about.st_size;
        }
        if (opened >= 0)
            close(opened);
        *file = (File){model->mapped, model->size, 0};
        return PyErr_Occurred() ? -1 : 0;
    }
#endif
    if (PyObject_GetBuffer(source, &model->view, PyBUF_SIMPLE) < 0)
        return -1;
    *file = (File){model->view.buf, (size_t)model->view.len, 0};
    return 0;
}

static uint32_t number_at(File *file, size_t at) {
    if (at + 4 > file->size || at + 4 < at) {
        file->broken = 1;
        return 0;
    }
    return number_of(file->bytes + at);
}

/* The text with a number in a database of texts (CQDB) that begins at ``base``. */
static const char *text_of(File *file, size_t base, uint32_t number, uint32_t *size) {
    size_t back = base + number_at(file, base + 20); /* offsets of the records, by number */
    size_t record = base + number_at(file, back + 4 * (size_t)number);
    *size = number_at(file, record + 4);
    if (file->broken || *size == 0 || record + 8 + *size > file->size) {
        file->broken = 1;
        return "";
    }
    *size -= 1; /* without the NUL that ends it */
    return (const char *)file->bytes + record + 8;
}

/* ---- the model ---- */

enum { FEATURES = 28, LABELS = 32, ATTRIBUTES = 36, OF_LABELS = 40, OF_ATTRIBUTES = 44 }; /* in the head */

static int read_names(Model *model, File *file) {
    size_t base = number_at(file, LABELS);
    model->names = PyTuple_New(model->labels);
    if (!model->names)
        return -1;
    for (int label = 0; label < model->labels; label++) {
        uint32_t size;
        const char *text = text_of(file, base, (uint32_t)label, &size);
        PyObject *name = file->broken ? NULL : PyUnicode_DecodeUTF8(text, size, NULL);
        if (!name)
            return -1;
        PyTuple_SET_ITEM(model->names, label, name);
    }
    return 0;
}

static void read_transitions(Model *model, File *file) {
    size_t table = number_at(file, OF_LABELS) + 12;
    for (uint32_t from = 0; from < (uint32_t)model->labels; from++) {
        size_t list = number_at(file, table + 4 * (size_t)from);
        uint32_t count = number_at(file, list);
        for (uint32_t one = 0; one < count && !file->broken; one++) {
            uint32_t number = number_at(file, list + 4 + 4 * (size_t)one);
            if (number >= model->count)
                file->broken = 1;
            else
                add_weight(model, number, model->transition[from]);
        }
    }
}

/* The hash table. The features of an attribute follow one another in the file, sorted as they are. */
static int read_attributes(Model *model, File *file, uint32_t count) {
    size_t base = number_at(file, ATTRIBUTES), table = number_at(file, OF_ATTRIBUTES) + 12;
    uint32_t slots = 16;
    while (slots < 2 * count)
        slots *= 2;
    model->mask = slots - 1;
    model->slots = PyMem_Calloc(slots, sizeof(Slot));
    if (!model->slots) {
        PyErr_NoMemory();
        return -1;
    }
    for (uint32_t attribute = 0; attribute < count && !file->broken; attribute++) {
        size_t list = number_at(file, table + 4 * (size_t)attribute);
        uint32_t size, many = number_at(file, list);
        const char *text = text_of(file, base, attribute, &size);
        if (file->broken || many == 0)
            continue;
        uint32_t first = number_at(file, list + 4), last = number_at(file, list + 4 * (size_t)many);
        if (first >= model->count || many > model->count - first || last != first + many - 1) {
            file->broken = 1;
            continue;
        }
        uint64_t hash = hash_on(HASH_START, text, size);
        *slot_of(model, hash) = (Slot){hash, first, many};
    }
    return 0;
}

static int read_model(Model *model, File *file) {
    uint32_t labels = number_at(file, 20), attributes = number_at(file, 24);
    if (file->broken || memcmp(file->bytes, "lCRF", 4) || memcmp(file->bytes + 8, "FOMC", 4) || labels == 0 ||
        labels > MOST_LABELS || attributes > file->size / 8) {
        PyErr_SetString(PyExc_ValueError, "this is no CRFsuite model");
        return -1;
    }
    size_t features = (size_t)number_at(file, FEATURES) + 12;
    model->count = number_at(file, features - 4);
    if (features > file->size || model->count > (file->size - features) / RECORD)
        file->broken = 1;
    model->records = file->bytes + features;
    model->labels = (int)labels;
    if (!file->broken && read_names(model, file) == 0) {
        read_transitions(model, file);
        if (read_attributes(model, file, attributes) < 0)
            return -1;
    }
    if (file->broken && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the CRFsuite model breaks off");
    return PyErr_Occurred() ? -1 : 0;
}

int model_init(Model *model, PyObject *args, PyObject *named) {
    PyObject *source;
    File file;
    if (model->mapped || model->view.obj) {
        PyErr_SetString(PyExc_RuntimeError, "a model is read once");
        return -1;
    }
    if ((named && PyDict_GET_SIZE(named)) || !PyArg_ParseTuple(args, "O", &source) ||
        open_source(model, source, &file) < 0)
        return -1;
    if (read_model(model, &file) == 0)
        return 0;
    Py_CLEAR(model->names); /* without them nothing is asked of it */
    return -1;
}

void model_dealloc(Model *model) {
    PyMem_Free(model->slots);
    if (model->view.obj)
        PyBuffer_Release(&model->view);
#ifndef _WIN32
    if (model->mapped)
        munmap(model->mapped, model->size);
#endif
    Py_XDECREF(model->names);
    Py_TYPE(model)->tp_free((PyObject *)model);
}
