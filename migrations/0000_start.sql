CREATE TABLE `chat_event` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `chat_event_at` ON `chat_event` (`at`);--> statement-breakpoint
CREATE TABLE `conversation` (
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`expects` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `chat_id`)
);
--> statement-breakpoint
CREATE TABLE `operation` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tx_guard` (
	`n` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`step_id` text NOT NULL,
	`order_id` text,
	`provider` text NOT NULL,
	`state` text NOT NULL,
	`external_id` text,
	`seed` integer,
	`request` text NOT NULL,
	`failure_code` text,
	`failure_detail` text,
	`progress` integer,
	`queue_position` integer,
	`cancel_asked_at` integer,
	`created_at` integer NOT NULL,
	`accepted_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_external` ON `attempt` (`provider`,`external_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_live` ON `attempt` (`step_id`) WHERE state IN ('intended','accepted','running','unknown');--> statement-breakpoint
CREATE INDEX `attempt_order` ON `attempt` (`order_id`);--> statement-breakpoint
CREATE INDEX `attempt_open` ON `attempt` (`created_at`) WHERE state IN ('intended','accepted','running','unknown');--> statement-breakpoint
CREATE TABLE `delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`platform` text NOT NULL,
	`address` text NOT NULL,
	`kind` text NOT NULL,
	`ids` text NOT NULL,
	`coalescing_key` text NOT NULL,
	`importance` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`shown_version` integer DEFAULT 0 NOT NULL,
	`message_ref` text,
	`shown_hash` text,
	`resend` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_key` ON `delivery` (`coalescing_key`);--> statement-breakpoint
CREATE INDEX `delivery_person` ON `delivery` (`person_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `delivery_pending` ON `delivery` (`created_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE TABLE `event` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`kind` text NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `event_subject` ON `event` (`subject`,`subject_id`,`id`);--> statement-breakpoint
CREATE INDEX `event_at` ON `event` (`at`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`body` text NOT NULL,
	`attempt_id` text,
	`received_at` integer NOT NULL,
	`processed_at` integer,
	`result` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_dedupe` ON `inbox` (`source`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `inbox_open` ON `inbox` (`received_at`) WHERE processed_at IS NULL;--> statement-breakpoint
CREATE TABLE `step` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`kind` text NOT NULL,
	`ordinal` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`needs` text,
	`run_at` integer NOT NULL,
	`lease_until` integer,
	`lease_token` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`deadline_at` integer,
	`reason` text,
	`next_action` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `step_unique` ON `step` (`subject`,`subject_id`,`kind`,`ordinal`);--> statement-breakpoint
CREATE INDEX `step_ready` ON `step` (`run_at`,`id`) WHERE state = 'ready';--> statement-breakpoint
CREATE INDEX `step_waiting` ON `step` (`run_at`,`id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `step_leased` ON `step` (`lease_until`) WHERE state = 'leased';--> statement-breakpoint
CREATE INDEX `step_dead` ON `step` (`id`) WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX `step_deadline` ON `step` (`deadline_at`) WHERE deadline_at IS NOT NULL AND state IN ('ready','waiting');--> statement-breakpoint
CREATE TABLE `budget` (
	`scope` text PRIMARY KEY NOT NULL,
	`cap_micros` integer,
	`posted_micros` integer DEFAULT 0 NOT NULL,
	`held_micros` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_not_negative" CHECK("budget"."posted_micros" >= 0 AND "budget"."held_micros" >= 0)
);
--> statement-breakpoint
CREATE TABLE `credit_balance` (
	`person_id` text PRIMARY KEY NOT NULL,
	`credits` integer NOT NULL,
	CONSTRAINT "credits_not_negative" CHECK("credit_balance"."credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE `ledger_entry` (
	`txn_id` text NOT NULL,
	`account` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`txn_id`, `account`)
);
--> statement-breakpoint
CREATE INDEX `ledger_entry_account` ON `ledger_entry` (`account`);--> statement-breakpoint
CREATE TABLE `ledger_txn` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`attempt_id` text,
	`order_id` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `ledger_txn_order` ON `ledger_txn` (`order_id`);--> statement-breakpoint
CREATE INDEX `ledger_txn_at` ON `ledger_txn` (`at`);--> statement-breakpoint
CREATE TABLE `price` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`sku` text NOT NULL,
	`unit` text NOT NULL,
	`rate_nano` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`source` text NOT NULL,
	`fetched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `price_sku` ON `price` (`provider`,`sku`,`valid_from`);--> statement-breakpoint
CREATE TABLE `reservation` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`order_id` text,
	`provider` text NOT NULL,
	`price_id` text,
	`amount_micros` integer NOT NULL,
	`estimate_micros` integer NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "reservation_positive" CHECK("reservation"."amount_micros" >= 0)
);
--> statement-breakpoint
CREATE INDEX `reservation_order` ON `reservation` (`order_id`);--> statement-breakpoint
CREATE TABLE `resolution` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`actual_micros` integer NOT NULL,
	`estimated` integer NOT NULL,
	`overrun` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`,`subject_id`);--> statement-breakpoint
CREATE TABLE `console_session` (
	`id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `counter` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_link` (
	`id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`face_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`product` text NOT NULL,
	`provider` text,
	`styles` text NOT NULL,
	`count` integer NOT NULL,
	`trigger_word` text,
	`quote_id` text,
	`tune_id` text,
	`round` integer DEFAULT 0 NOT NULL,
	`credits_charged` integer DEFAULT 0 NOT NULL,
	`failure_code` text,
	`failure_text` text,
	`rating` integer,
	`rating_asked_at` integer,
	`created_at` integer NOT NULL,
	`go_at` integer,
	`delivered_at` integer,
	`finished_at` integer,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `orders_person` ON `orders` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `orders_state` ON `orders` (`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_created` ON `orders` (`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `orders_open_draft` ON `orders` (`face_id`) WHERE state IN ('draft','consented','collecting','ready','quoted','needs_photos');--> statement-breakpoint
CREATE TABLE `prompts` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`person_id` text NOT NULL,
	`tune_id` text,
	`purpose` text NOT NULL,
	`round` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`style` text NOT NULL,
	`provider` text NOT NULL,
	`model_type` text NOT NULL,
	`text` text,
	`seed` integer NOT NULL,
	`source_selfie_id` text,
	`replicate_prediction_id` text,
	`state` text NOT NULL,
	`failure_text` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompts_unique` ON `prompts` (`order_id`,`purpose`,`round`,`ordinal`);--> statement-breakpoint
CREATE TABLE `quotes` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`product` text NOT NULL,
	`provider` text NOT NULL,
	`styles` text NOT NULL,
	`count` integer NOT NULL,
	`low_micros` integer NOT NULL,
	`expected_micros` integer NOT NULL,
	`ceiling_micros` integer NOT NULL,
	`credits` integer NOT NULL,
	`expected_ms` integer NOT NULL,
	`reuses_tune_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `quotes_order` ON `quotes` (`order_id`);--> statement-breakpoint
CREATE TABLE `tunes` (
	`id` text PRIMARY KEY NOT NULL,
	`face_id` text NOT NULL,
	`person_id` text NOT NULL,
	`order_id` text NOT NULL,
	`provider` text NOT NULL,
	`model_type` text NOT NULL,
	`family` text,
	`trigger_word` text NOT NULL,
	`class_word` text NOT NULL,
	`held_out` text NOT NULL,
	`replicate_training_id` text,
	`external_version` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer
);
--> statement-breakpoint
CREATE INDEX `tunes_face` ON `tunes` (`face_id`);--> statement-breakpoint
CREATE INDEX `tunes_order` ON `tunes` (`order_id`);--> statement-breakpoint
CREATE TABLE `chat` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`address` text NOT NULL,
	`created_at` integer NOT NULL,
	`gone_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_address` ON `chat` (`platform`,`address`,`person_id`);--> statement-breakpoint
CREATE INDEX `chat_person` ON `chat` (`person_id`);--> statement-breakpoint
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`person_hash` text,
	`face_id` text,
	`platform` text NOT NULL,
	`text_version` text NOT NULL,
	`language` text NOT NULL,
	`purposes` text NOT NULL,
	`given_at` integer NOT NULL,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE INDEX `consent_person` ON `consent` (`person_id`);--> statement-breakpoint
CREATE TABLE `erasure` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`chat_id` text,
	`asked_at` integer NOT NULL,
	`finished_at` integer,
	`receipt` text
);
--> statement-breakpoint
CREATE TABLE `identity` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`external_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identity_account` ON `identity` (`platform`,`external_id`);--> statement-breakpoint
CREATE INDEX `identity_person` ON `identity` (`person_id`);--> statement-breakpoint
CREATE TABLE `link_code` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `link_try` (
	`person_id` text PRIMARY KEY NOT NULL,
	`tries` integer NOT NULL,
	`window_start` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`language_chosen` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	`merged_into` text
);
--> statement-breakpoint
CREATE TABLE `report` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`words` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `picture` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`ordinal` integer DEFAULT 0 NOT NULL,
	`person_id` text NOT NULL,
	`style` text NOT NULL,
	`source_selfie_id` text,
	`blob_id` text,
	`mime` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`digital_source` text NOT NULL,
	`distance` real,
	`band` text,
	`score` real NOT NULL,
	`sharpness` real,
	`hash` text,
	`rank` integer,
	`vote` text,
	`voted_at` integer,
	`created_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `picture_unique` ON `picture` (`prompt_id`,`ordinal`);--> statement-breakpoint
CREATE INDEX `picture_order` ON `picture` (`order_id`,`rank`);--> statement-breakpoint
CREATE INDEX `picture_person` ON `picture` (`person_id`);--> statement-breakpoint
CREATE TABLE `face` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`name` text NOT NULL,
	`consent_id` text,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	`expires_at` integer
);
--> statement-breakpoint
CREATE INDEX `face_person` ON `face` (`person_id`);--> statement-breakpoint
CREATE INDEX `face_expiry` ON `face` (`expires_at`) WHERE deleted_at IS NULL;--> statement-breakpoint
CREATE TABLE `selfie` (
	`id` text PRIMARY KEY NOT NULL,
	`face_id` text NOT NULL,
	`person_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`name` text,
	`state` text NOT NULL,
	`reference` text,
	`unique_id` text,
	`blob_id` text,
	`width` integer,
	`height` integer,
	`verdict` text,
	`reasons` text,
	`score` integer,
	`confirmed` integer DEFAULT false NOT NULL,
	`duplicate_of` text,
	`inspection` text,
	`sealed_identity` text,
	`created_at` integer NOT NULL,
	`judged_at` integer
);
--> statement-breakpoint
CREATE INDEX `selfie_face` ON `selfie` (`face_id`,`id`);--> statement-breakpoint
CREATE INDEX `selfie_person` ON `selfie` (`person_id`);--> statement-breakpoint
CREATE INDEX `selfie_unique` ON `selfie` (`face_id`,`unique_id`);--> statement-breakpoint
CREATE TABLE `blob` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`bytes` integer NOT NULL,
	`refs` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `blob_person` ON `blob` (`person_id`);--> statement-breakpoint
CREATE INDEX `blob_unowned` ON `blob` (`refs`,`changed_at`);--> statement-breakpoint
CREATE TABLE `pass` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`blob_id` text,
	`method` text NOT NULL,
	`purpose` text NOT NULL,
	`file_name` text,
	`mime` text,
	`byte_limit` integer,
	`expires_at` integer NOT NULL,
	`single_use` integer DEFAULT false NOT NULL,
	`used_at` integer,
	`attempt_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pass_expiry` ON `pass` (`expires_at`);--> statement-breakpoint
CREATE INDEX `pass_attempt` ON `pass` (`attempt_id`);--> statement-breakpoint
CREATE TABLE `person_key` (
	`person_id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`wrapped` text,
	`created_at` integer NOT NULL,
	`dropped_at` integer
);
--> statement-breakpoint
CREATE TABLE `web_message` (
	`id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`seq` integer NOT NULL,
	`author` text NOT NULL,
	`view` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `web_message_seq` ON `web_message` (`address`,`seq`);--> statement-breakpoint
CREATE INDEX `web_message_address` ON `web_message` (`address`,`id`);