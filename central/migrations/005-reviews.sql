-- What people of the centre decided about a record: the latest about a record counts, and all of it stays.
create table reviews (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account text not null,
  digest text not null references records (digest),
  decision text not null check (decision in ('count', 'hold')),
  note text not null check (length(note) between 1 and 1000)
);
create index reviews_digest on reviews (digest, id);
create trigger reviews_append_only before update or delete or truncate on reviews
  for each statement execute function refuse_change();
