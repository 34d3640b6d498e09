CREATE TRIGGER tx_guard_check BEFORE INSERT ON tx_guard
BEGIN
  SELECT CASE WHEN NEW.n < 1 THEN RAISE(ABORT, 'guard') ELSE RAISE(IGNORE) END;
END;
--> statement-breakpoint
CREATE TRIGGER ledger_txn_no_update BEFORE UPDATE ON ledger_txn
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_txn_no_delete BEFORE DELETE ON ledger_txn
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER price_no_update BEFORE UPDATE OF provider, sku, unit, rate_nano, valid_from, source ON price
BEGIN
  SELECT RAISE(ABORT, 'a price is never changed, a new row replaces it');
END;
