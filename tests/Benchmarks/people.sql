-- A million people in the read model, to measure the search with. On a database that a node has prepared and that holds no users:
--   psql "$DATABASE_URL" -f tests/Benchmarks/people.sql
-- Everybody has a chosen name and a display name made of common parts, so that much contains the same: the hard case for a search.
\set people 1000000
insert into users (id, username, display_name, display_key, show_wallets, show_holdings, points, level, contents, comments, entries, battles, wins, votes, search, created_at)
select 'seed-' || n, name || n, shown, lower(shown), false, false, n % 10000, 1, 0, 0, 0, 0, 0, 0, name || n || ' ' || lower(shown), 1767225600000 + n
from (
    select n,
        (array['mc_', 'dj_', 'lil_', 'big_', 'young_', 'king_', 'queen_', 'the_', 'real_', 'og_', ''])[1 + n % 11]
            || (array['storm', 'thunder', 'rhyme', 'flow', 'beat', 'cipher', 'blaze', 'shadow', 'ghost', 'tiger', 'wolf', 'raven', 'echo', 'nova', 'pixel', 'turbo', 'velvet'])[1 + n / 7 % 17] as name,
        (array['Alice', 'Bob', 'Carmen', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hiro', 'Ines', 'Jamal', 'Kofi', 'Lucia', 'Marcus', 'Nadia', 'Omar', 'Priya', 'Quentin', 'Rosa', 'Samir'])[1 + n / 3 % 19]
            || ' ' || (array['Anderson', 'Baptiste', 'Chen', 'Diallo', 'Eriksen', 'Fischer', 'Garcia', 'Hoffman', 'Ivanov', 'Jackson', 'Kowalski', 'Lindqvist', 'Martinez'])[1 + n / 5 % 13]
            || ' ' || substr(md5(n::text), 1, 5) as shown
    from generate_series(1, :people) n
) made;
vacuum analyze users;
