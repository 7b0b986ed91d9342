-- Tables of the central office. The same statements run on embedded PGlite and on a PostgreSQL server.

create table kits (
  id text primary key,
  tps text not null,
  -- sha256 of the kit's certificate (DER), lower-case hex
  thumbprint text not null,
  -- false once the register no longer lists it: its records stay, new ones are refused
  listed boolean not null,
  listed_at timestamptz not null
);

-- One row a committed record. Nothing here is ever changed: a correction is a new row.
create table records (
  id bigint generated always as identity primary key,
  kit text not null references kits (id),
  sequence bigint not null check (sequence > 0),
  -- sha256 of the compact JWS
  digest text not null unique,
  jws text not null,
  mode text not null check (mode in ('latihan', 'resmi')),
  tps text not null,
  form text not null,
  version integer not null check (version > 0),
  supersedes text,
  previous text,
  figures jsonb not null,
  pages jsonb not null,
  -- every rule of the form as the centre judged it, whatever the kit said
  verdicts jsonb not null,
  -- what the centre noticed about the record
  flags jsonb not null,
  clock_synchronised boolean not null,
  wall_clock timestamptz not null,
  agent text not null,
  model text not null,
  committed_at timestamptz not null,
  -- practice and official records are two chains, each counted from 1
  unique (kit, mode, sequence)
);
create index records_document on records (mode, tps, form, version);

-- Everything refused and everything suspicious, with what arrived (cut to a bounded length).
create table alarms (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kit text not null,
  code text not null,
  reason text not null,
  -- what the alarm is about: the digest of a message or of a picture; the same fault of the same thing is noted once
  subject text not null,
  sequence bigint,
  excerpt text not null,
  unique (kit, code, subject)
);

-- A picture some record names. Its bytes are a file; the row says how many and whether they are all there.
create table pictures (
  kit text not null references kits (id),
  sha256 text not null,
  bytes bigint not null check (bytes > 0),
  complete_at timestamptz,
  primary key (kit, sha256)
);

create table picture_chunks (
  kit text not null,
  sha256 text not null,
  chunk integer not null check (chunk >= 0),
  primary key (kit, sha256, chunk),
  foreign key (kit, sha256) references pictures (kit, sha256)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;
create trigger records_append_only before update or delete or truncate on records
  for each statement execute function refuse_change();
create trigger alarms_append_only before update or delete or truncate on alarms
  for each statement execute function refuse_change();
