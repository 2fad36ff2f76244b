/* vocabulary.MARKS: signs and joiners that belong to words. */

#ifndef INGEST_MARKS_H
#define INGEST_MARKS_H

#include <Python.h>

static inline int is_mark(Py_UCS4 one) {
    static const Py_UCS4 ranges[][2] = {{0x300, 0x36f},   {0x483, 0x487},   {0x591, 0x5bd}, {0x64b, 0x65f},
                                        {0x670, 0x670},   {0x6d6, 0x6dc},   {0x900, 0x963}, {0x971, 0xd7f},
                                        {0xe31, 0xe3a},   {0xe47, 0xe4e},   {0x200c, 0x200d}};
    for (size_t at = 0; one >= 0x300 && at < sizeof ranges / sizeof *ranges; at++)
        if (one >= ranges[at][0] && one <= ranges[at][1])
            return 1;
    return 0;
}

#endif
