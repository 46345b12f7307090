/** What came of a cell: one record, one JSON file, written whole or not at all. */
@NullMarked
package org.peftbench.result;

import org.jspecify.annotations.NullMarked;
