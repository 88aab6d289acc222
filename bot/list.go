package bot

import (
	"strconv"
	"time"

	"herald/bot/locale"
	"herald/news"
	"herald/news/text"
)

// Page says which part of a list a message shows. All texts are plain but Intro.
type Page struct {
	Title  string // above the list; "": none
	Intro  string // HTML below the title of the first page; "": none
	Empty  string // instead of a list without entries
	View   int64  // what the list is of, for DataPage; 0: pages can't be turned
	Number int    // from 0; page 0 is the newest
	More   bool   // there is an older page
}

// listSentence is the length in characters of what is told of each story in a list.
const listSentence = 220

// StoryList is a page of stories, numbered, with a button for each that opens its card.
func StoryList(w *locale.Words, c news.Chat, stories []news.Story, p Page, now time.Time) Outgoing {
	blocks := []string{pageTitle(w, p)}
	var numbers []Button
	for i, s := range stories {
		n := strconv.Itoa(i + 1)
		blocks = append(blocks, n+". "+entry(w, c, s, text.Clip(summaryOf(nil, s, news.Headline).plain(), listSentence), now))
		numbers = append(numbers, Button{Text: n, Data: DataStory + strconv.FormatInt(s.ID, 10)})
	}
	if len(stories) == 0 {
		blocks = append(blocks, Escape(p.Empty))
	}
	return Outgoing{HTML: paragraphs(blocks...), Rows: rowsOf(numbers, pageButtons(w, p))}
}

// entry is one story in a list: the headline, where it comes from and when, and what is told of it, in plain text.
func entry(w *locale.Words, c news.Chat, s news.Story, told string, now time.Time) string {
	return lines(headline(w, s), dotted(byline(w, c, s.Lead(), now), sourceCount(w, s)), Escape(told))
}

// sourceCount says how many publishers report a story, if it is more than one.
func sourceCount(w *locale.Words, s news.Story) string {
	if n := len(s.Sources()); n > 1 {
		return w.N("list.sources", n)
	}
	return ""
}

// pageTitle is a list's heading, with the page's number from the second on.
func pageTitle(w *locale.Words, p Page) string {
	title := ""
	if p.Title != "" {
		title = Bold(p.Title)
	}
	if p.Number == 0 {
		return title
	}
	return dotted(title, w.N("list.page", p.Number+1))
}

func pageButtons(w *locale.Words, p Page) []Button {
	if p.View == 0 {
		return nil
	}
	turn := func(n int) string { return DataPage + strconv.FormatInt(p.View, 10) + ":" + strconv.Itoa(n) }
	var newer, older Button
	if p.Number > 0 {
		newer = Button{Text: w.T("button.newer"), Data: turn(p.Number - 1)}
	}
	if p.More {
		older = Button{Text: w.T("button.older"), Data: turn(p.Number + 1)}
	}
	return Row(newer, older)
}

// maxRow is how many buttons stand in a row; Telegram shows at most eight.
const maxRow = 8

// rowsOf are the rows that have buttons; rows that are too long are broken.
func rowsOf(rows ...[]Button) [][]Button {
	var kept [][]Button
	for _, row := range rows {
		for len(row) > maxRow {
			kept, row = append(kept, row[:maxRow]), row[maxRow:]
		}
		if len(row) > 0 {
			kept = append(kept, row)
		}
	}
	return kept
}
