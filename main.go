// Herald is a Telegram bot that reads the news for a chat.
package main

func main() {}
