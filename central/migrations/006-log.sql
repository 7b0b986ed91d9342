-- The log of official records: each has its place for ever, without gaps, in the order in which they were committed.
create table log (
  position bigint primary key check (position >= 0),
  digest text not null unique references records (digest)
);
insert into log select row_number() over (order by id) - 1, digest from records where mode = 'resmi';
create trigger log_append_only before update or delete or truncate on log
  for each statement execute function refuse_change();

-- What the centre has signed about it: whoever holds an earlier one can ask for proof that the log only grew.
create table tree_heads (
  size bigint primary key,
  jws text not null,
  at timestamptz not null
);
create trigger tree_heads_append_only before update or delete or truncate on tree_heads
  for each statement execute function refuse_change();
