import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/**
 * Values that travel as text. They are read as they come: the declared schema checks them in the service, so that a bad
 * amount or date is an ordinary refusal with a code and a path, not a fault of the protocol.
 */
function scalaireTexte(name: string, description: string): GraphQLScalarType<string, string> {
  const refuser = (): never => {
    throw new TypeError(`${name} s'écrit entre guillemets. ${description}`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (valeur) => String(valeur),
    parseValue: (valeur) => (typeof valeur === 'string' ? valeur : refuser()),
    parseLiteral: (noeud: ValueNode) => (noeud.kind === Kind.STRING ? noeud.value : refuser()),
  });
}

export const MontantScalaire = scalaireTexte(
  'Montant',
  'Montant en euros, en texte, avec un point et deux décimales : "31200.00".',
);
export const DecimalScalaire = scalaireTexte('Decimal', 'Nombre décimal exact, en texte, avec un point : "1.50".');
export const DateCivileScalaire = scalaireTexte('DateCivile', 'Date sans heure : "2026-02-15".');
export const HorodatageScalaire = scalaireTexte(
  'Horodatage',
  'Instant en temps universel, norme ISO 8601 : "2026-02-15T22:59:59Z".',
);
