-- A correction says why; first versions and records from before have no reason.
alter table records add column correction text;
