-- How the synthetic rows come about: pure functions of their number, so that two runs of one size give the same rows.
-- Dropped with their schema once the data set is complete. `perf.jeunes` is the number of young people of the département.
create schema perf;

create function perf.departement() returns text language sql stable parallel safe as
$$ select current_setting('sillage.departement') $$;

create function perf.jeunes() returns integer language sql stable parallel safe as
$$ select current_setting('perf.jeunes')::integer $$;

create function perf.accompagnements() returns integer language sql stable parallel safe as
$$ select perf.jeunes() * 3 / 2 $$;

-- Uniform in [0, n), the same for the same draw and number.
create function perf.alea(tirage text, i bigint, n integer) returns integer language sql immutable parallel safe as
$$ select ('x' || substr(md5(tirage || i), 1, 7))::bit(28)::integer % n $$;

-- Shaped as a uuid v7: ids grow with time, as those that the application makes.
create function perf.id(genre text, i bigint, le timestamptz) returns uuid language sql stable parallel safe as
$$ select (lpad(to_hex((extract(epoch from le) * 1000)::bigint), 12, '0')
     || '7' || substr(md5(genre || current_setting('sillage.departement') || i), 1, 3)
     || '8' || substr(md5(genre || current_setting('sillage.departement') || i), 4, 15))::uuid $$;

create function perf.ancien(i bigint) returns timestamptz language sql stable parallel safe as
$$ select timestamptz '2021-01-04 08:00+00' + i * interval '1 second' $$;

create function perf.utilisateur_id(i bigint) returns uuid language sql stable parallel safe as
$$ select perf.id('utilisateur', i, perf.ancien(i)) $$;

create function perf.territoire_id(t bigint) returns uuid language sql stable parallel safe as
$$ select perf.id('territoire', t, perf.ancien(t)) $$;

create function perf.structure_id(s bigint) returns uuid language sql stable parallel safe as
$$ select perf.id('structure', s, perf.ancien(s)) $$;

create function perf.jeune_le(j bigint) returns timestamptz language sql stable parallel safe as
$$ select timestamptz '2021-09-01 08:00+00' + (j::double precision / perf.jeunes()) * interval '1500 days' $$;

create function perf.jeune_id(j bigint) returns uuid language sql stable parallel safe as
$$ select perf.id('jeune', j, perf.jeune_le(j)) $$;

create function perf.accompagnement_le(a bigint) returns timestamptz language sql stable parallel safe as
$$ select timestamptz '2022-01-03 08:00+00' + (a::double precision / perf.accompagnements()) * interval '1500 days' $$;

create function perf.accompagnement_id(a bigint) returns uuid language sql stable parallel safe as
$$ select perf.id('accompagnement', a, perf.accompagnement_le(a)) $$;
