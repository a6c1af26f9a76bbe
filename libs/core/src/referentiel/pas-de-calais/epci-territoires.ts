/**
 * EPCI -> territory, a PROPOSAL of ours (AMB-139, TERR-R04): no text gives a table from commune to territory, and some
 * indicators are asked by territory AND by commune. The département's territories take the names of its living areas,
 * and so do its intercommunalities, so each EPCI goes whole to one territory:
 *  - by name, for those that bear it (Boulonnais, Lens - Liévin, Hénin-Carvin, Ternois, Montreuillois, Calais);
 *  - otherwise by the living area's main town, which the arrondissement confirms (Saint-Omer for Lumbres; Calais for
 *    Audruicq and Pays d'Opale; Boulogne for Desvres-Samer and the Deux Caps; Montreuil for the 7 Vallées; Arras for
 *    Osartis Marquion, the Sud Artois and the Campagnes de l'Artois; Béthune for Flandre Lys).
 * Where to look first when a local knows better: the Campagnes de l'Artois (96 communes between Arras and Saint-Pol) and
 * the 7 Vallées (Hesdin, between Montreuil and Saint-Pol). The CC du Ternois and the CC Flandre Lys also have communes in
 * the Somme and the Nord: those are not loaded. An administrator amends any commune from a date (`communeRattacher`).
 */
export const EPCI_TERRITOIRES_62: Readonly<Record<string, string>> = {
  '200033579': 'ARRAGEOIS', // CU d'Arras
  '200035442': 'ARRAGEOIS', // CC du Sud Artois (Bapaume)
  '200044048': 'ARRAGEOIS', // CC Osartis Marquion (Vitry-en-Artois)
  '200069482': 'ARRAGEOIS', // CC des Campagnes de l'Artois (Avesnes-le-Comte)
  '200072460': 'ARTOIS', // CA de Béthune-Bruay, Artois-Lys Romane
  '245900758': 'ARTOIS', // CC Flandre Lys: four communes in the 62 (Laventie)
  '200069037': 'AUDOMAROIS', // CA du Pays de Saint-Omer
  '246201016': 'AUDOMAROIS', // CC du Pays de Lumbres
  '246200729': 'BOULONNAIS', // CA du Boulonnais
  '200018083': 'BOULONNAIS', // CC de Desvres-Samer
  '246200380': 'BOULONNAIS', // CC de la Terre des Deux Caps (Marquise)
  '200090751': 'CALAISIS', // CA Grand Calais Terres et Mers
  '200072478': 'CALAISIS', // CC Pays d'Opale (Guînes)
  '246200844': 'CALAISIS', // CC de la Région d'Audruicq
  '246200299': 'HENIN_CARVIN', // CA d'Hénin-Carvin
  '246200364': 'LENS_LIEVIN', // CA de Lens - Liévin
  '200069029': 'MONTREUILLOIS', // CA des Deux Baies en Montreuillois
  '200069235': 'MONTREUILLOIS', // CC du Haut Pays du Montreuillois (Fruges)
  '200044030': 'MONTREUILLOIS', // CC des 7 Vallées (Hesdin)
  '200069672': 'TERNOIS', // CC du Ternois: all but one of its communes are in the 62
};
