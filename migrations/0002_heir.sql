ALTER TABLE `person_key` ADD `heir` text;--> statement-breakpoint
CREATE INDEX `person_key_heir` ON `person_key` (`heir`) WHERE heir IS NOT NULL;