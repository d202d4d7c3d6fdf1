/** Towns for orientation, under their own names: longitude, latitude, and how far out the map may be to show them (units a pixel). */
export const TOWNS: readonly (readonly [name: string, longitude: number, latitude: number, until: number])[] =
  [
    ['Vilnius', 25.28, 54.69, 26],
    ['Kaunas', 23.9, 54.9, 12],
    ['Klaipėda', 21.14, 55.71, 12],
    ['Alytus', 24.05, 54.4, 6],
    ['Panevėžys', 24.36, 55.73, 7],
    ['Мінск', 27.56, 53.9, 26],
    ['Гродна', 23.83, 53.68, 10],
    ['Ліда', 25.3, 53.89, 6],
    ['Брэст', 23.69, 52.1, 10],
    ['Віцебск', 30.2, 55.19, 12],
    ['Białystok', 23.16, 53.13, 10],
    ['Suwałki', 22.93, 54.1, 7],
    ['Warszawa', 21.01, 52.23, 26],
    ['Rīga', 24.11, 56.95, 26],
    ['Daugavpils', 26.54, 55.87, 9],
    ['Калининград', 20.51, 54.71, 12],
    ['Tallinn', 24.75, 59.44, 26],
    ['Tartu', 26.72, 58.38, 12],
    ['Narva', 28.19, 59.38, 12],
    ['Helsinki', 24.94, 60.17, 26],
    ['Санкт-Петербург', 30.32, 59.94, 26],
    ['Псков', 28.33, 57.82, 12],
  ];

/** The countries whose names are on the map: the code, and the place of the name. */
export const COUNTRIES: readonly (readonly [code: string, longitude: number, latitude: number])[] = [
  ['LT', 23.7, 55.35],
  ['BY', 26.35, 54.15],
  ['PL', 22.45, 53.35],
  ['LV', 25.0, 56.55],
  ['EE', 25.7, 58.8],
  ['FI', 26.5, 62.5],
  ['RU', 31.5, 57.3],
  ['UA', 26, 51.2],
  ['SE', 15.5, 60.2],
];

export const KALININGRAD = [21.3, 54.62] as const;
