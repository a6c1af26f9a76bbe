import type { NomDeFichier } from './depot-de-pieces.js';

const DEPARTEMENT = /^[0-9][0-9AB][0-9]?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a name found in a store is one that was drawn for a file. */
export function estNomTire(nom: string): boolean {
  return UUID.test(nom);
}

/** @returns the code itself @throws TypeError when it could lead somewhere else */
export function exigerDepartement(departementId: string): string {
  if (!DEPARTEMENT.test(departementId)) throw new TypeError('Une pièce se range dans un département.');
  return departementId;
}

/** @returns the two parts of a file's place @throws TypeError when either could lead somewhere else */
export function exigerPlace({ departementId, id }: NomDeFichier): readonly [departementId: string, id: string] {
  if (!estNomTire(id)) throw new TypeError('Une pièce se range sous un uuid.');
  return [exigerDepartement(departementId), id];
}
