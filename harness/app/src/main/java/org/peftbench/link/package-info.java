/** What a parent and its child say to each other, as plain data. */
@NullMarked
package org.peftbench.link;

import org.jspecify.annotations.NullMarked;
