/** RepAdapter: linear adapters that fold into the layers behind them. */
@NullMarked
package org.peftbench.methods.repadapter;

import org.jspecify.annotations.NullMarked;
