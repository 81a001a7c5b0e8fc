"""Every number of a visit: pure functions of a `VisitState`, without a store behind them."""
