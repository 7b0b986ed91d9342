-- Why a kit was taken out of service, in a technician's words; null while it was not.
alter table kits add column revoked text;
