/** The statements of the limit, written by hand: each returns the answer's `data` as one JSON text. */

const COLONNES = 'id, numero, dispositif, etat, du, au, jeune_id, structure_id';

const PREFIXE = 'Accompagnement-';

/**
 * A node as JSON text, by concatenation: a fifth cheaper than PostgreSQL's JSON functions. Columns here are never null, but `au`. Ids are
 * written as Sillage writes them, so that both send as many bytes.
 */
const NOEUD = `
  '{"id":"${PREFIXE}' || a.id::text || '","numero":' || to_json(a.numero)::text || ',"dispositif":' || to_json(a.dispositif)::text
  || ',"etat":"' || a.etat || '","du":"' || a.du::text || '","au":' || coalesce('"' || a.au::text || '"', 'null')
  || ',"jeune":' || (select '{"prenom":' || coalesce(to_json(i.prenom)::text, 'null') || ',"nom":' || coalesce(to_json(i.nom)::text, 'null') || '}'
       from sillage.jeune j left join sillage.identite i on i.departement_id = j.departement_id and i.jeune_id = j.id
      where j.id = a.jeune_id)
  || ',"structure":' || (select '{"raisonSociale":' || to_json(s.raison_sociale)::text || '}'
       from sillage.structure s where s.id = a.structure_id)
  || ',"actes":' || (select '{"totalCount":' || count(*)::text || ',"nodes":[' || coalesce(array_to_string((array_agg(
         '{"id":"Acte-' || x.id::text || '","nature":"' || x.nature || '","date":"' || x.date::text || '"}'))[1:3], ','), '') || ']}'
       from (select c.id, c.nature, c.date from sillage.acte c where c.accompagnement_id = a.id
              order by c.date desc, c.id desc) x) || '}'`;

const FILTRE = `territoire_id = (select t.id from sillage.territoire t where t.code = $1) and etat = $2`;

const page = (suite) => `
  with p as materialized (
    select ${COLONNES} from sillage.accompagnement where ${FILTRE} ${suite} order by du desc, id desc limit 51)
  select '{"accompagnements":{"totalCount":'
    || (select least(count(*), 1000) from (select from sillage.accompagnement where ${FILTRE} limit 1001) c)::text
    || ',"pageInfo":{"hasNextPage":' || (select count(*) > 50 from p)::text
    || ',"endCursor":' || coalesce('"' || (select du::text || '|' || id::text from p offset 49 limit 1) || '"', 'null')
    || '},"nodes":[' || (select coalesce(string_agg(n.json, ','), '') from (select ${NOEUD} as json from (select * from p limit 50) a) n)
    || ']}}'`;

export const SQL = {
  Q1: page(''),
  Q1Suite: page('and (du, id) < ($3::date, $4::uuid)'),
  Q2: `select '{"accompagnement":' || coalesce((select ${NOEUD} from sillage.accompagnement a where a.id = $1), 'null') || '}'`,
  Q3: `
  select json_build_object('accompagnementsParEtat', coalesce(json_agg(json_build_object(
      'territoire', json_build_object('code', t.code), 'dispositif', n.dispositif, 'etat', n.etat, 'nombre', n.nombre)), '[]'))::text
    from (select territoire_id, dispositif, etat, count(*) as nombre from sillage.accompagnement group by 1, 2, 3) n
    join sillage.territoire t on t.id = n.territoire_id`,
  Q4: `
  select json_build_object('candidatures', json_build_object('nodes', coalesce(json_agg(n), '[]')))::text
    from (select c.id, c.numero, c.etat,
        (select json_build_object('raisonSociale', s.raison_sociale) from sillage.structure s where s.id = c.structure_id) as structure,
        (select coalesce(json_agg(json_build_object('code', t.code) order by t.code), '[]') from sillage.candidature_territoire l
           join sillage.territoire t on t.id = l.territoire_id where l.candidature_id = c.id) as territoires,
        (select json_build_object('id', k.id, 'numero', k.numero, 'etat', k.etat,
             'montant', (k.montant_centimes / 100.0)::numeric(20, 2)::text,
             'versements', (select coalesce(json_agg(json_build_object('id', v.id, 'numero', v.numero, 'tranche', v.tranche,
                 'montant', (v.montant_centimes / 100.0)::numeric(20, 2)::text, 'etat', v.etat) order by v.id), '[]')
               from sillage.versement v where v.convention_id = k.id))
           from sillage.convention k where k.candidature_id = c.id) as convention
      from sillage.candidature c where c.dispositif = $1 order by c.id desc limit 50) n`,
};

/** The statement of a request and its values. */
export function preparer(requete, variables) {
  if (requete === 'Q2') return { name: 'Q2', values: [variables.id.slice(PREFIXE.length)] };
  if (requete === 'Q3') return { name: 'Q3', values: [] };
  if (requete === 'Q4') return { name: 'Q4', values: [variables.dispositif] };
  const { territoire, etat, after } = variables;
  if (after === undefined) return { name: 'Q1', values: [territoire, etat] };
  return { name: 'Q1Suite', values: [territoire, etat, ...after.split('|')] };
}
