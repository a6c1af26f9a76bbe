const MOIS = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28];

/** The bilan of a Coordo ASE convention from March 2026 to February 2027: twelve months at so many places, a charter of so many points. */
export function bilanCoordoAse(places: number, charte: number): Record<string, unknown> & { fileActive: unknown[] } {
  const fileActive = MOIS.map((jours, rang) => ({
    mois: `${rang < 10 ? 2026 : 2027}-${String(((rang + 2) % 12) + 1).padStart(2, '0')}-01`,
    joursAccompagnement: jours * places,
  }));
  let reste = charte;
  const notes = Object.entries({
    noteMoyens: 14,
    noteAccompagnement: 30,
    notePartenariatDepartement: 12,
    noteProcedures: 16,
    noteCommunication: 16,
    notePartenariatTerritorial: 12,
  }).map(([nom, max]) => {
    const note = Math.min(max, reste);
    reste -= note;
    return [nom, note] as const;
  });
  const textes = ['publicAccompagne', 'resultats', 'retours', 'bonnesPratiques', 'perspectives'];
  return {
    fileActive,
    jeunesAccompagnes: places,
    depensesEncourues: [{ nature: 'SALAIRES', libelle: 'Un coordo', montant: '43333.34', facture: 'Paie 2026' }],
    ...Object.fromEntries(notes),
    ...Object.fromEntries(textes.map((nom) => [nom, 'Décrit.'])),
  };
}
