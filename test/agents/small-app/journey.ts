/** A journey through the reading club, as the model agent is given it. */
export const JOURNEY = {
  title: 'A new reader joins',
  invitee: 'casey@example.test',
  steps: [
    { actor: 'host', text: 'Add ${invitee} as a host and send a welcome letter', tries: false },
    { actor: 'casey', text: 'Open the welcome mail and join as "Casey User" with password ${secret:CASEY_PASSWORD}', tries: false },
    { actor: 'host', text: 'Change the title of the book "Emma" to "Emma, or Matchmaking"', tries: false },
    { actor: 'host', text: 'Pin the note "Tea at six" to the notice board', tries: false },
  ],
  posts: [
    'POST /readers email=casey%40example.test&part=Host&welcome=on',
    'POST /join name=Casey+User&password=',
    'POST /books/2 title=Emma%2C+or+Matchmaking',
    'POST /notice note=Tea+at+six',
  ],
} as const;
