-- Kits that read the numbers in words say by which model; records from before have none.
alter table records add column words_model text;
