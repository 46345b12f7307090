/** Tables made from records: rows that may be compared stand together, all others apart. */
@NullMarked
package org.peftbench.report;

import org.jspecify.annotations.NullMarked;
