package summary

import (
	"strings"
	"testing"

	"herald/news"
)

// The scenes end before the marks.
var scenes = []*news.Article{
	{Lang: "en", Title: "The last light of Sandwick", Text: `It is dark on the quay, and Martha Oakes puts on her second jumper. Her lamp flickers. A gull cries behind the shed.

“Two more weeks,” she says and laughs.

¦The lighthouse of Sandwick will be switched off on 1 June. The county wants to save 40,000 crowns a year. Ships have had satellites for 20 years, says the harbour office, and nobody asked for the lamp any more.

Fishermen disagree. A third of their boats have no such device. They wrote to the minister in March.

“The sea has no satellites,” says Oakes.`},
	{Lang: "en", Title: "The last light of Ellery", Text: `The lamp is out. Nobody on the quay looks up, and Martha Oakes puts on her second jumper, as every Tuesday.

“We talk less,” she says.

¦At the end of the month the lighthouse closes. Nobody has been found to keep the lamp. So the town of 1,100 people loses the last of its three lights.

Others closed in 2005 and in 2011. The harbour office says that ships need no lamps. Fishermen disagree. Their boats are old.`},
	{Lang: "de", Title: "Das letzte Licht von Lindhaven", Text: `Als es auf dem Kai noch dunkel ist, zieht Martha Eck den zweiten Pullover an. Sie pfeift leise. Eine Möwe antwortet.

„Noch zwei Wochen“, sagt sie und lacht.

Die Lampe sei alt, sagt Eck, aber treu.

¦Im Juni schaltet der Kreis den Leuchtturm ab. Er spart damit 40.000 Euro im Jahr. Die Schiffe haben seit 20 Jahren Satelliten, sagt das Hafenamt.

Die Fischer widersprechen. Ein Drittel ihrer Boote hat kein solches Gerät.`},
}

func TestScene(t *testing.T) {
	for _, a := range scenes {
		before, behind, _ := strings.Cut(a.Text, "¦")
		scenic := *a
		scenic.Text = before + behind
		for _, l := range []news.Length{news.Headline, news.Short} {
			for _, s := range Fit(&scenic, l) {
				if s.Start < len(before) {
					t.Errorf("%s, %s: got %q", a.Lang, l, s.Text)
				}
			}
		}
	}
}

// TestNoScene: a report that begins with the news has no scene, whatever it goes on with.
func TestNoScene(t *testing.T) {
	const rest = " It was loud.\n\n“I ran,” said Oakes. She was alone.\n\nThe pier was 115 years old. Divers had found rotten timber. The council closed it. Nobody was hurt. The ferry sails. It takes an hour."
	for name, first := range map[string]string{
		"a date":            "The old pier fell into the sea on Monday, and the town looked on.",
		"what is headline":  "The pier of Sandwick has collapsed into the sea in a storm.",
		"a place":           "PORT ELLERY, VARNLAND. There was a noise.",
		"more than a scene": strings.Repeat("There was a noise and the people of the old town by the sea ran out of their beds to the quay. ", 8),
	} {
		d := read(standard(), &news.Article{Lang: "en", Title: "Pier collapses in Sandwick storm", Text: first + rest})
		if n := d.scene(); n != 0 {
			t.Errorf("%s: %d sentences of scene", name, n)
		}
		d.release()
	}
	d := read(standard(), &news.Article{Lang: "en", Title: "Pier collapses in Sandwick storm", Text: "There was a noise." + rest})
	defer d.release()
	if d.scene() == 0 {
		t.Error("the cases are none: no text with this rest has a scene")
	}
}
